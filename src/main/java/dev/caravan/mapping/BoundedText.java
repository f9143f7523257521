package dev.caravan.mapping;

/** A text that stops a regular expression which looks at it too often. Not safe for several threads. */
final class BoundedText implements CharSequence {
    static final String ENDLESS = "the regular expression does not come to an end; make it simpler";

    private static final int LOOKS_A_CHARACTER = 1000;
    private static final int LOOKS_AT_LEAST = 100_000;

    private final CharSequence text;
    private long left;

    BoundedText(CharSequence text) {
        this.text = text;
        this.left = LOOKS_AT_LEAST + (long) text.length() * LOOKS_A_CHARACTER;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (left-- <= 0) {
            throw new IllegalStateException(ENDLESS);
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
