package dev.caravan.source.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PageSizeTest {
    private static final int MOST = 5000;
    private static final long ROOM = 4 << 20;

    private static Columns columns(int texts) {
        Column key = new Column("accountid", "uniqueidentifier", ColumnType.of(ColumnType.Kind.UUID), false, true);
        Stream<Column> others = IntStream.range(0, texts)
                .mapToObj(i -> new Column("new_some_name_" + (100 + i), "string", ColumnType.text(100), true, false));
        return new Columns(Stream.concat(Stream.of(key), others).collect(Collectors.toList()), List.of("accountid"));
    }

    @Test
    void narrowRowsComeInTheLargestPages() {
        assertThat(new PageSize(columns(1), MOST, ROOM).rows()).isEqualTo(MOST);
        assertThat(new PageSize(columns(0), 10, ROOM).rows()).isEqualTo(10);
    }

    @Test
    void wideRowsComeInPagesThatThereIsRoomForBeforeAnyWasSeen() {
        PageSize size = new PageSize(columns(100), MOST, ROOM);
        assertThat(size.rows()).isBetween(400, 1500);
        assertThat(size.bytes(size.rows())).isLessThanOrEqualTo(ROOM);
    }

    @Test
    void learnsFromRowsThatCameButNotFromFew() {
        PageSize size = new PageSize(columns(100), MOST, ROOM);
        int before = size.rows();
        size.seen(3, 300_000);
        assertThat(size.rows()).isEqualTo(before);
        size.seen(500, 500 * 2048);
        assertThat(size.rows()).isEqualTo(2048);
        size.seen(500, 500 * 200_000);
        assertThat(size.rows()).isEqualTo(20);
    }

    @Test
    void aPageThatIsTooLargeIsAskedForWithAQuarterOfItsRowsDownToOne() {
        PageSize size = new PageSize(columns(1), MOST, ROOM);
        int rows = size.rows();
        int asked = 0;
        while (size.tooLarge(rows) && asked < 20) {
            assertThat(size.rows()).isLessThanOrEqualTo(Math.max(1, rows / 4));
            rows = size.rows();
            asked++;
        }
        assertThat(rows).isEqualTo(1);
        assertThat(asked).isBetween(5, 8);
    }
}
