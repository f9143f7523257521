package dev.caravan.route;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What may be left undone while a database is away, because the next run makes up for it. Stateless. */
final class Tidy {
    private static final Logger LOG = LoggerFactory.getLogger(Tidy.class);

    private Tidy() {}

    /** Does it, or says why not. */
    static void quietly(Runnable work) {
        quietly(
                () -> {
                    work.run();
                    return true;
                },
                false);
    }

    /** What is asked for, or something else where the database does not say. */
    static <T> T quietly(Supplier<T> asked, T otherwise) {
        try {
            return asked.get();
        } catch (DataAccessException | TransactionException trouble) {
            LOG.info("Left for the next run: {}", Faults.of(trouble).getMessage());
            return otherwise;
        }
    }
}
