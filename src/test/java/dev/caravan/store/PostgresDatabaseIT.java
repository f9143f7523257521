package dev.caravan.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.testing.Postgres;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

final class PostgresDatabaseIT {
    @Test
    void introducesItself() {
        try (Database database = Database.open(Postgres.freshDatabase(), null, null, 1, false)) {
            JdbcTemplate sql = new JdbcTemplate(database.pool());
            assertThat(sql.queryForObject("SHOW application_name", String.class))
                    .isEqualTo("caravan");
            assertThat(database.isSqlite()).isFalse();
        }
    }

    @Test
    void migratesWithTheSmallestPool() {
        try (Database database = Database.open(Postgres.freshDatabase(), null, null, 1, false)) {
            Migrations.migrate(database);
            assertThat(Migrations.check(database)).isEqualTo(Migrations.State.CURRENT);
        }
    }

    @Test
    void saysThatADatabaseIsMissing() {
        String url = Postgres.freshDatabase().replaceFirst("/test\\d+", "/nothing");
        CaravanException fault = refusal(url + "&password=s3cret");

        assertThat(fault.kind()).isEqualTo(FaultKind.CONFIGURATION);
        assertThat(fault.code()).isEqualTo("DATABASE_MISSING");
        assertThat(fault.getMessage()).doesNotContain("s3cret");
    }

    @Test
    void saysThatAServerCannotBeReached() {
        CaravanException fault = refusal("jdbc:postgresql://ann:s3cret@localhost:1/x");

        assertThat(fault.kind()).isEqualTo(FaultKind.TRANSIENT);
        assertThat(fault.code()).isEqualTo("DATABASE_UNREACHABLE");
        assertThat(fault.getMessage()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "Asia/Colombo", "America/St_Johns"})
    void keepsTimesWhereverItRuns(String zone) {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try (StoreFixture fixture = new StoreFixture(Postgres.freshDatabase())) {
            String run = fixture.runs.open(Uids.next(), "full", "cli", null, "here:1");
            assertThat(fixture.runs.find(run).orElseThrow().startedAt()).isEqualTo(StoreFixture.NOON);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private static CaravanException refusal(String url) {
        return catchThrowableOfType(
                CaravanException.class,
                () -> Database.open(url, null, null, 1, false).close());
    }
}
