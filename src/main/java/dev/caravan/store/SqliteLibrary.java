package dev.caravan.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
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
            in(Path.of(kept)).ifPresent(folder -> System.setProperty(FOLDER, folder.toString()));
        }
    }

    /**
     * The folder of the library for this system and this version of the driver, taken out of the jar if it is not there.
     *
     * @return nothing where it cannot be kept; then the driver makes a copy of its own
     */
    static Optional<Path> in(Path kept) {
        Path folder = kept.resolve(
                Path.of("sqlite-" + SQLiteJDBCLoader.getVersion(), OSInfo.getNativeLibFolderPathForCurrentOS()));
        Path library = folder.resolve(LibraryLoaderUtil.getNativeLibName());
        if (Files.isRegularFile(library) && Files.isReadable(library)) {
            return Optional.of(folder);
        }
        if (!Files.isWritable(kept)) {
            return Optional.empty();
        }
        try {
            return take(library) ? Optional.of(folder) : Optional.empty();
        } catch (IOException full) {
            LOG.info("SQLite's library is not kept in {}: {}", folder, full.toString());
            return Optional.empty();
        }
    }

    /** Under its name only when it is whole, for others may start at the same time. */
    private static boolean take(Path library) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + library.getFileName();
        try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(name)) {
            if (packed == null) {
                return false;
            }
            Path folder = Files.createDirectories(library.toAbsolutePath().getParent());
            Path part = folder.resolve(ProcessHandle.current().pid() + ".part");
            try {
                Files.copy(packed, part, StandardCopyOption.REPLACE_EXISTING);
                try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            return true;
        }
    }
}
