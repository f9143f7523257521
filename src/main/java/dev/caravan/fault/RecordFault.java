package dev.caravan.fault;

/**
 * One record failed in one stage; the record goes to the dead letters and its page goes on.
 *
 * <p>Without a stack trace: it is made once a bad record, and says all in its fields.
 */
public final class RecordFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String stage;
    private final String code;

    /**
     * @param stage the stage's name in upper case, {@code NORMALISE}
     * @param code {@code NUMBER_UNREADABLE}
     * @param message names the field and what was expected; never a whole row
     */
    public RecordFault(String stage, String code, String message) {
        super(message, null, false, false);
        this.stage = stage;
        this.code = code;
    }

    /** The stage that refused the record. */
    public String stage() {
        return stage;
    }

    /** What kind of refusal. */
    public String code() {
        return code;
    }
}
