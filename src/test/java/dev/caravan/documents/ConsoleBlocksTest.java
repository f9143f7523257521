package dev.caravan.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleBlocksTest {
    private static List<ConsoleBlocks.Step> parse(String document) {
        return ConsoleBlocks.parse(document.lines().toList());
    }

    @Test
    void findsCommandsTheirFurtherLinesAndTheirOutput() {
        assertThat(parse("text\n```console\n$ cat <<END\n> a\n>\n> END\na\n\n$ true\n```\n```text\n$ no\n```\n"))
                .containsExactly(
                        new ConsoleBlocks.Step(3, "cat <<END\na\n\nEND", List.of("a", "")),
                        new ConsoleBlocks.Step(9, "true", List.of()));
    }

    @Test
    void refusesOutputWithoutACommandBlocksThatAreNotRunAndBlocksWithoutEnd() {
        assertThatThrownBy(() -> parse("```console\nout\n```")).hasMessageContaining("Line 2");
        assertThatThrownBy(() -> parse("```bash\nls\n```")).hasMessageContaining("bash");
        assertThatThrownBy(() -> parse("```\nls\n```")).hasMessageContaining("Line 1");
        assertThatThrownBy(() -> parse("```console\n$ ls\n")).hasMessageContaining("no end");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "at 2026-11-21T10:00:00.123Z, 1.3 s | at TIME, DURATION",
                "2026-11-21 10:00 UTC   x  --------- | TIME x ---",
                "http://127.0.0.1:40123/api | http://127.0.0.1:PORT/api",
                "0193a6c2-aaaa-7bbb-8ccc-0123456789ab 12 MB | UID SIZE",
                "1 min 20 s, 5 rows, 8,200 inserted | DURATION, 5 rows, 8,200 inserted",
            })
    void masksWhatMayDiffer(String line, String masked) {
        assertThat(Masks.apply(line)).isEqualTo(masked);
    }

    @Test
    void threeDotsStandForAnyLines() {
        assertThat(Masks.expected(List.of("a", "...", "d")).matcher("a\nb\nc\nd\n"))
                .matches();
        assertThat(Masks.expected(List.of("a", "...", "d")).matcher("a\nd\n")).matches();
        assertThat(Masks.expected(List.of("a", "...", "d")).matcher("a\nb\n").matches())
                .isFalse();
        assertThat(Masks.expected(List.of("(a")).matcher("(a\n")).matches();
    }
}
