package dev.caravan.config;

import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import org.quartz.CronExpression;

/** When runs start. Stateless. */
final class Schedules {
    private Schedules() {}

    /** An interval or a cron expression of Quartz; both are a problem. */
    static ConnectorSettings.Schedule read(Section section, Duration otherwise) {
        Optional<String> cron = section.text("cron");
        if (cron.isPresent() && section.has("every")) {
            section.problem("cron", "stands beside every; keep one of them");
        }
        cron.ifPresent(expression -> check(section, expression));
        return new ConnectorSettings.Schedule(section.duration("every", otherwise), cron);
    }

    private static void check(Section section, String expression) {
        try {
            CronExpression.validateExpression(expression);
        } catch (ParseException wrong) {
            section.problem(
                    "cron",
                    expression,
                    "a cron expression of six or seven fields, seconds first, such as 0 0 6 * * ?: "
                            + wrong.getMessage());
        }
    }
}
