package dev.caravan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.ColumnType.Kind;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Canonical bytes written out, and the hashes that other programs make of them:
 *
 * <pre>
 * printf 01000000054142432d31 | xxd -r -p | xxhsum -H2
 * printf 01000000054142432d31 | xxd -r -p | b3sum --no-names
 * </pre>
 *
 * <p>xxhsum 0.8.1 and b3sum 1.2.0 said so. A failing test here means that every row of every installation would be
 * written anew.
 */
class HashVectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String ROW =
            "00000006414d4f554e54020000000431302e35" + "000000024944010000000131" + "000000044e414d450100000003416e6e";
    private static final String ROW_HASH = "7c9f876735e058ac6a754e3a7b0916d2dd29fc3f8c5c1e45a192ee3ad999c4e1";

    /** Values, their bytes in hexadecimal digits, what xxhsum says and what b3sum says. */
    record Vector(List<@Nullable Object> values, String bytes, String xxh128, String blake3) {}

    private static Vector vector(String bytes, String xxh128, String blake3, @Nullable Object... values) {
        return new Vector(Arrays.asList(values), bytes, xxh128, blake3);
    }

    static Stream<Vector> vectors() {
        return Stream.concat(texts(), others());
    }

    private static Stream<Vector> texts() {
        return Stream.of(
                vector(
                        "",
                        "99aa06d3014798d86001c324468d497f",
                        "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"),
                vector(
                        "01000000054142432d31",
                        "8dfbc20b7f3aebd821bd11c110e34ac0",
                        "ab5195564102c1c3e36599ad973bb465ad5a8e7079e815c29b96cd092f8d049b",
                        "ABC-1"),
                vector(
                        "01000000016101000000026263",
                        "20fd9936f999e6ecd86a23cde9587e01",
                        "d6f1f4137e691615682e7eeb735a6eef7f023fe56371300b8a7a6624a10466ab",
                        "a",
                        "bc"),
                vector(
                        "01000000026162010000000163",
                        "d5b26cd1f6a569176ad8be4087b87b5e",
                        "c391a39534763ff7e7cd102c852d50a07bd6bb13f3985441f13c716ca440bb2e",
                        "ab",
                        "c"),
                vector(
                        "0000000000",
                        "c61571a9fa58278456b1430ea9e34626",
                        "cdc96eca844d7912acdbb3dca677757d0db5747a1df61166339cfc7156d4880f",
                        (Object) null),
                vector(
                        "0100000000",
                        "624d00ca1a5816e84487fda79cc1828d",
                        "7784b17d1d8ff658cfe8f0e111316a964c95233a486ccbdfaf86539c9e3e3a30",
                        ""),
                vector(
                        "010000000131",
                        "5879e0133c570258b53d9641d31fdc36",
                        "c4fbba0035a42444078b4af3ede80bd5999aa9d892005c8d5739eab34e29b0b0",
                        "1"),
                vector(
                        "0100000003312e30",
                        "d29e652f0c91b9c69e81201b4057f7ec",
                        "a377df2ce5ae0631474db67a6f3dfde0923c3e74ae409855787bbbe3b5dc9d09",
                        "1.0"),
                vector(
                        "01000000095a6fc3ab20f09f9880",
                        "aa9231e8080d4129a386a1d76ead12a6",
                        "06752903540d4953083889162ac0bd121e72b8944f53fdc009d8773150223304",
                        "Zo\u00eb \ud83d\ude00"),
                vector(
                        "010000012c" + "78".repeat(300),
                        "d3ef9c66ef656bc8e3b065cf6daa723f",
                        "0f0f71d19f57a052e4c00a6c2c6a8dbbaf4753916db38f8007b649ed0c40c8bc",
                        "x".repeat(300)));
    }

    private static Stream<Vector> others() {
        return Stream.of(
                vector(
                        "020000000131",
                        "75880f6206c2b8e2d6c46988038b4501",
                        "d770d7e893b77c52805a8f5bb4cbe5534e32b705ad18dce9ab71a6ea760c9389",
                        1L),
                vector(
                        "020000001f2d313233343536373839303132333435363738392e30313233343536373839",
                        "ca44bd42a791f914fe7376130f31e18d",
                        "46b51c73d71ca171f3745054731d588a021de6fabeee55ef1e6a7b50db175725",
                        new BigDecimal("-1234567890123456789.0123456789")),
                vector(
                        "020000000431303030",
                        "73c5d666ff98e0087a6d5e1a75131e21",
                        "f10478a54c12a3c5e712dd7e3b619f9b0f5e72676b809781e267609ab18df9c1",
                        new BigDecimal("1E+3")),
                vector(
                        "020000000a302e3030303030303031",
                        "5e2a336f96bbe483279b37b35dfdbf4f",
                        "048d106ebc7ab1fa3a2268349f58dba9e734ffbc7578b3847ba76590a910f409",
                        new BigDecimal("1E-8")),
                vector(
                        "030000000101",
                        "50970f5fae1a479b33451e4f773febec",
                        "6fac4c55afae0d69803d563fcccfe8dad80a61d33ef79ce1a646679f58c34c69",
                        true),
                vector(
                        "030000000100",
                        "ef456cd9f6b8d53b2c9a3e8b5f843880",
                        "d51ae27aa175b35f4583a3b9ee5011badb2aa8429b722391fb22a94d1b01a2ec",
                        false),
                vector(
                        "040000000a323032352d31322d3038",
                        "eda09ec6e1634b114f40bbcf277daaf2",
                        "9e89f41eb6116d1a4b9fa5787eeae05e0471c85baf93ce7de59acb6cd1f5e4c0",
                        LocalDate.of(2025, 12, 8)),
                vector(
                        "0500000014323032352d31322d30385431323a30303a30305a",
                        "be2695a4073f50826ff25607a50ab95c",
                        "14503aeca4fafb27ef5f4c9b06ea393fdb047febf25f50e83a35b43a5845e0c7",
                        Instant.parse("2025-12-08T12:00:00Z")),
                vector(
                        "0500000018303030312d30312d30315430303a30303a30302e3530305a",
                        "2743409a718b6f16d38a28b6ceef29c2",
                        "46ab2cb5363c92f38a820836eb954893449566cf0629fe3ca48a40bf2f3ab6f7",
                        Instant.parse("0001-01-01T00:00:00.5Z")),
                vector(
                        "050000001e393939392d31322d33315432333a35393a35392e3132333435363738395a",
                        "a04aa96870dda1db96f776d33b7bdf68",
                        "a2377e13594645926dd4e6f37dd7b2d60e0d75fc3c9c09aae6ace8f2f1ad6ab4",
                        Instant.parse("9999-12-31T23:59:59.123456789Z")),
                vector(
                        "060000000300ff10",
                        "e797e547675b94b904d98949587183cb",
                        "2f2efe515faa838d61eb88056448eab7af7940039b73588211344b035bdf15b2",
                        new byte[] {0, (byte) 255, 16}),
                vector(
                        "07000000083ff8000000000000",
                        "4e0ae20848920fa5a567b400b2188a78",
                        "b5da5b3611325d2280398d84b3ce1c09ff190ee20dadd0dbd4ccfccad8a3aab2",
                        1.5),
                vector(
                        "07000000080000000000000000",
                        "19d2e7d8fc07fcca3aa48331f0aa64b1",
                        "fa015df5ccac484e76c94a85090474176931d75a7a8eff68d999671c164ae7ed",
                        -0.0),
                vector(
                        "010000000441434d4502000000023432040000000a323032342d30322d3239",
                        "892bddecb9ae513b29ffbe289029e8fa",
                        "5a294f6c61936cc9c8655be4a7341533af0c1a7adea577f0187e81546936d349",
                        "ACME",
                        42L,
                        LocalDate.of(2024, 2, 29)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void valuesHaveTheseBytesAndTheseHashes(Vector vector) {
        CanonicalBytes buffer = new CanonicalBytes();
        vector.values().forEach(buffer::value);
        assertThat(HEX.formatHex(buffer.toArray())).isEqualTo(vector.bytes());
        assertThat(buffer.blake3()).isEqualTo(vector.blake3());
        Columns key = columns(vector.values().size(), true);
        assertThat(new Identifier("any", key, key).keyHash(vector.values().toArray()))
                .isEqualTo(vector.xxh128());
    }

    private static Columns columns(int count, boolean key) {
        List<Column> columns = Stream.iterate(0, i -> i < count, i -> i + 1)
                .map(i -> column("C" + i, key))
                .toList();
        return new Columns(columns, columns.stream().map(Column::name).toList());
    }

    private static Column column(String name, boolean key) {
        return new Column(name, "", ColumnType.of(Kind.TEXT), true, key);
    }

    private static Row identified(List<String> names, List<@Nullable Object> values, List<String> keys) {
        Columns columns = new Columns(
                names.stream().map(name -> column(name, keys.contains(name))).toList(), keys);
        Row row = Row.raw(columns, values.toArray(), null, "", null)
                .normalised(values.toArray())
                .mapped(columns, values.toArray());
        return new Identifier("items", columns, columns).identify(row);
    }

    @Test
    void aRowIsItsNamedFieldsInTheOrderOfTheirNamesWithoutTheNulls() {
        BigDecimal amount = new BigDecimal("10.50");
        Row row = identified(
                List.of("NAME", "NOTE", "ID", "AMOUNT"), Arrays.asList("Ann", null, "1", amount), List.of("ID"));
        Row other = identified(List.of("AMOUNT", "ID", "NAME"), List.of(amount, "1", "Ann"), List.of("ID"));
        assertThat(row.dataHash()).isEqualTo(ROW_HASH).isEqualTo(other.dataHash());
        assertThat(row.keyHash()).isEqualTo("5879e0133c570258b53d9641d31fdc36").isEqualTo(other.keyHash());
        assertThat(HEX.formatHex(new RowHash().of(HEX.parseHex(ROW), ROW.length() / 2)))
                .isEqualTo(ROW_HASH);
    }

    @Test
    void aRowWithoutAKeyIsKnownByAllItsFields() {
        Row row = identified(List.of("AMOUNT", "ID", "NAME"), List.of(new BigDecimal("10.5"), "1", "Ann"), List.of());
        assertThat(row.keyHash()).isEqualTo("8b10fd1767b64a73d017fb5bd8bb8936");
        assertThat(row.reference()).isEqualTo("items[#8b10fd17]");
    }

    @Test
    void aRowLongerThanAChunkOfBlake3HasItsHashToo() {
        Row row = identified(List.of("TEXT"), List.of("0123456789".repeat(120)), List.of("TEXT"));
        assertThat(row.dataHash()).isEqualTo("49b44b01c4006e67b5fde44ecd26c4b1f649fb19e00e5f9da039af2ee0662ca9");
    }

    @Test
    void aReferenceNamesTheKeyInItsOrderAndCutsLongParts() {
        Row row = identified(List.of("A", "B"), List.of("x".repeat(100), 7L), List.of("B", "A"));
        assertThat(row.reference()).isEqualTo("items[B=7,A=" + "x".repeat(60) + "]");
    }

    @Test
    void numbersOfOneValueAreOneAndTextsAreNot() {
        assertThat(key(1L))
                .isEqualTo(key(new BigDecimal("1.000")))
                .isEqualTo(key(new BigDecimal("1E0")))
                .isNotEqualTo(key("1"));
        assertThat(key(0L)).isEqualTo(key(new BigDecimal("0.00"))).isEqualTo(key(new BigDecimal("0E-9")));
        assertThat(key("1")).isNotEqualTo(key("1.0"));
        assertThat(key("true")).isNotEqualTo(key(true));
    }

    private static String key(Object value) {
        Columns columns = columns(1, true);
        return new Identifier("any", columns, columns).keyHash(new Object[] {value});
    }
}
