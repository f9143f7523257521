package dev.caravan.source.apismith;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A listing of all rows, answer by answer, after which the target held just these rows as they came. While that is so, an
 * answer that is the same byte for byte brings nothing new and need not be read. Immutable.
 *
 * @param layout tells how rows were made of the answers; another layout makes other rows of the same answers
 * @param pageSize rows asked for a page
 * @param answers in order, to the empty one at the end
 */
public record KnownListing(String layout, int pageSize, List<Answer> answers) {
    private static final Pattern HEAD = Pattern.compile("(\\S+) (\\d{1,9})");
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{32}) (\\d{1,9})");
    private static final HexFormat HEX = HexFormat.of();

    public KnownListing {
        answers = List.copyOf(answers);
    }

    /**
     * One answer.
     *
     * @param digest {@link #digest} of its body
     * @param records how many records it held
     */
    public record Answer(String digest, int records) {}

    /** XXH128 of a body, 32 hex digits. */
    public static String digest(byte[] body) {
        HashValue128 hash = Hashing.xxh3_128().hashBytesTo128Bits(body);
        return HEX.toHexDigits(hash.getMostSignificantBits()) + HEX.toHexDigits(hash.getLeastSignificantBits());
    }

    /** How many records it held. */
    public long records() {
        return answers.stream().mapToLong(Answer::records).sum();
    }

    /** How many records the answer to a page held, from 1; -1 if another digest was known for it, or none. */
    public int recordsOf(int page, String digest) {
        boolean known = page <= answers.size() && answers.get(page - 1).digest().equals(digest);
        return known ? answers.get(page - 1).records() : -1;
    }

    /** As a text of lines. */
    public String text() {
        StringBuilder text = new StringBuilder(64 + answers.size() * 40);
        text.append(layout).append(' ').append(pageSize);
        answers.forEach(
                answer -> text.append('\n').append(answer.digest()).append(' ').append(answer.records()));
        return text.toString();
    }

    /** Reads what {@link #text()} wrote; empty where it is something else, which only means that every answer is read. */
    public static Optional<KnownListing> parse(String text) {
        List<String> lines = text.lines().toList();
        Matcher head = HEAD.matcher(lines.isEmpty() ? "" : lines.get(0));
        if (!head.matches()) {
            return Optional.empty();
        }
        List<Answer> answers = new ArrayList<>(lines.size());
        for (String line : lines.subList(1, lines.size())) {
            Matcher answer = LINE.matcher(line);
            if (!answer.matches()) {
                return Optional.empty();
            }
            answers.add(new Answer(answer.group(1), Integer.parseInt(answer.group(2))));
        }
        return Optional.of(new KnownListing(head.group(1), Integer.parseInt(head.group(2)), answers));
    }
}
