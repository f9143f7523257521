package dev.caravan.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextsTest {
    record Example(String text, String cleaned) {}

    static Example[] examples() {
        return new Example[] {
            new Example(" a ", "a"),
            new Example("a  b", "a b"),
            new Example("a   b  c", "a b c"),
            new Example("a\u00a0b", "a\u00a0b"),
            new Example("a\u00a0 b", "a b"),
            new Example("a\r\nb", "a\nb"),
            new Example("a\rb", "a\nb"),
            new Example("a\r", "a"),
            new Example("a\tb", "a\tb"),
            new Example("\t\na\n", "a"),
            new Example("a\u0000b", "ab"),
            new Example("a \u0001 b", "a b"),
            new Example("a\u007fb\u0085c\u009fd", "abcd"),
            new Example("\ufeffa\uffff\ufffe", "a"),
            new Example("a\u2028", "a"),
            new Example("\ud83d\ude00 \u05d0", "\ud83d\ude00 \u05d0"),
        };
    }

    @ParameterizedTest
    @MethodSource("examples")
    void cleans(Example example) {
        assertThat(Texts.clean(example.text())).isEqualTo(example.cleaned());
        assertThat(Texts.clean(example.cleaned())).isEqualTo(example.cleaned());
    }

    @Test
    void makesNothingOfWhatIsEmpty() {
        assertThat(Texts.clean("")).isNull();
        assertThat(Texts.clean("   ")).isNull();
        assertThat(Texts.clean("\u0000\r\n\t")).isNull();
    }

    @Test
    void handsOnWhatIsCleanAsItIs() {
        String clean = "a clean text, with one blank each";
        assertThat(Texts.clean(clean)).isSameAs(clean);
    }
}
