package dev.caravan.store;

import dev.caravan.model.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What makes two dead letters of an entity the same: stage, code and reference, as 32 hex digits. */
final class Fingerprint {
    private static final int BYTES = 16;

    private Fingerprint() {}

    /** A record without a reference is known by its raw form, lest all such records fall together. */
    static String of(DeadLetter letter) {
        String subject = letter.reference().isEmpty() ? letter.raw() : letter.reference();
        MessageDigest digest = sha256();
        for (String part : new String[] {letter.stage(), letter.code(), subject}) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
