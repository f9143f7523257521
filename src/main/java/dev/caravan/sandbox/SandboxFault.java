package dev.caravan.sandbox;

/**
 * One way in which an answer goes wrong.
 *
 * @param kind what happens
 * @param status HTTP status, for {@link Kind#STATUS}
 * @param retryAfter header {@code Retry-After}; empty for none
 */
public record SandboxFault(Kind kind, int status, String retryAfter) {
    /** What can happen. */
    public enum Kind {
        /** An error status. */
        STATUS,
        /** The connection breaks in the middle of the body. */
        BROKEN,
        /** The body ends in the middle, and says that it is whole. */
        TRUNCATED,
        /** A page of HTML with status 200. */
        HTML,
        /** A redirect to another host. */
        REDIRECT,
        /** The first page again, whatever page was asked for. */
        FIRST_PAGE,
        /** A small body that unpacks to a gigabyte. */
        BOMB
    }

    /** An error status without {@code Retry-After}. */
    public static SandboxFault status(int status) {
        return new SandboxFault(Kind.STATUS, status, "");
    }

    /** An error status that asks to wait. */
    public static SandboxFault status(int status, String retryAfter) {
        return new SandboxFault(Kind.STATUS, status, retryAfter);
    }

    /** A fault of a kind that needs no more. */
    public static SandboxFault of(Kind kind) {
        return new SandboxFault(kind, 200, "");
    }
}
