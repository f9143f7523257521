package dev.caravan.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * The driver's part that is not Java, kept beside the program. By itself the driver takes it out of its jar at each start
 * and compares the two, a tenth of a second and more, and a process that is killed leaves its copy in the temporary folder.
 */
final class SqliteLibrary {
    /** Names the folder for what the launcher keeps from one start to the next. */
    private static final String KEPT = "caravan.kept";
    /** https://github.com/xerial/sqlite-jdbc/blob/master/USAGE.md, "Native library". */
    private static final String FOLDER = "org.sqlite.lib.path";

    private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);

    private SqliteLibrary() {}

    /** Has the driver use the library that is kept, where the launcher keeps one and nobody named another. */
    static synchronized void use() {
        String kept = System.getProperty(KEPT, "");
        if (!kept.isEmpty() && System.getProperty(FOLDER) == null) {
            in(Path.of(kept))
                    .filter(SqliteLibrary::loads)
                    .ifPresent(folder -> System.setProperty(FOLDER, folder.toString()));
        }
    }

    /** The driver, which loads it again, would tell of a failure as of an error. */
    private static boolean loads(Path folder) {
        try {
            System.load(library(folder).toAbsolutePath().toString());
            return true;
        } catch (UnsatisfiedLinkError forbidden) {
            LOG.info("SQLite's library in {} is not used: {}", folder, forbidden.getMessage());
            return false;
        }
    }

    private static Path library(Path folder) {
        return folder.resolve(LibraryLoaderUtil.getNativeLibName());
    }

    /**
     * The folder of the library for this system and this version of the driver, taken out of the jar if it is not there
     * or has another size.
     *
     * @return nothing where it cannot be kept; then the driver makes a copy of its own
     */
    static Optional<Path> in(Path kept) {
        Path folder = kept.resolve(
                Path.of("sqlite-" + SQLiteJDBCLoader.getVersion(), OSInfo.getNativeLibFolderPathForCurrentOS()));
        String name = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        URL packed = SQLiteJDBCLoader.class.getResource(name);
        if (packed == null) {
            return Optional.empty();
        }
        try {
            Path library = library(folder);
            if (!isThere(library, packed)) {
                if (!Files.isWritable(kept)) {
                    return Optional.empty();
                }
                take(packed, library);
            }
            return Optional.of(folder);
        } catch (IOException full) {
            LOG.info("SQLite's library is not kept in {}: {}", folder, full.toString());
            return Optional.empty();
        }
    }

    private static boolean isThere(Path library, URL packed) throws IOException {
        return Files.isReadable(library)
                && Files.size(library) == packed.openConnection().getContentLengthLong();
    }

    /** Under its name only when it is whole, for others may start at the same time. */
    private static void take(URL packed, Path library) throws IOException {
        Path part = library.resolveSibling(UUID.randomUUID() + ".part");
        Files.createDirectories(part.toAbsolutePath().getParent());
        try (InputStream content = packed.openStream()) {
            Files.copy(content, part);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
