package dev.caravan.cli;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Files that verbs write for people. Stateless. */
final class TextFile {
    private TextFile() {}

    /**
     * Writes a file, whole or not at all.
     *
     * @throws CaravanException FILE_NOT_WRITTEN
     */
    static void write(Path file, String text) {
        Path half = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(half, text, StandardCharsets.UTF_8);
            Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw notWritten(file, reason(failed));
        }
    }

    /** Refuses, before long work is done for it, a file that cannot be written; null is none. */
    static void refuseUnwritable(@Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw notWritten(file, "there is no folder " + folder);
        }
        if (Files.isDirectory(file)) {
            throw notWritten(file, "it is a folder");
        }
        if (!Files.isWritable(folder)) {
            throw notWritten(file, "this user may not write into " + folder);
        }
    }

    private static CaravanException notWritten(Path file, String reason) {
        return new CaravanException(
                FaultKind.CONFIGURATION, "FILE_NOT_WRITTEN", file + " cannot be written: " + reason);
    }

    private static String reason(IOException failed) {
        if (failed instanceof NoSuchFileException) {
            return "its folder is not there";
        }
        if (failed instanceof AccessDeniedException) {
            return "access is denied";
        }
        String reason = failed instanceof FileSystemException of ? of.getReason() : failed.getMessage();
        return reason == null ? failed.getClass().getSimpleName() : reason;
    }
}
