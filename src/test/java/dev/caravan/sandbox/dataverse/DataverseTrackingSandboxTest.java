package dev.caravan.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Delta links: what they tell, when they end. */
class DataverseTrackingSandboxTest {
    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

    private final DataverseSandbox sandbox = DataverseSandbox.start(0);
    private final SocketCaller caller = new SocketCaller(sandbox);

    @BeforeEach
    void publish() {
        sandbox.setClock(Clock.fixed(START, ZoneOffset.UTC));
        DataverseBusiness.publish(sandbox, DataverseBusiness.Size.small());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void onlyTheLastPageHasTheDeltaLinkAndPagesNeedNoPreference() {
        SocketCaller.Reply first = caller.get("contacts", "Prefer: odata.track-changes, odata.maxpagesize=60");
        assertThat(first.header("preference-applied")).isEqualTo("odata.track-changes,odata.maxpagesize=60");
        assertThat(first.json().has("@odata.deltaLink")).isFalse();
        String next = first.json().path("@odata.nextLink").asText();
        assertThat(next).contains("istracking=%22True%22");
        JsonNode last = caller.follow(next).json();
        assertThat(last.has("@odata.nextLink")).isFalse();
        assertThat(last.path("@odata.deltaLink").asText())
                .isEqualTo(sandbox.url() + "/api/data/v9.2/contacts?$deltatoken=" + sandbox.version()
                        + "%2101%2f05%2f2026%2008%3a00%3a00");
    }

    @Test
    void aDeltaLinkEndsAfterSevenDays() {
        String link = deltaLink();
        at(Duration.ofDays(7));
        assertThat(caller.follow(link).status()).isEqualTo(200);
        at(Duration.ofDays(7).plusSeconds(1));
        assertExpired(link, 400);
        sandbox.switches().expiredStatus(410);
        assertExpired(link, 410);
        sandbox.switches().trackingExpiry(Duration.ofDays(30));
        assertThat(caller.follow(link).status()).isEqualTo(200);
    }

    @Test
    void aDeltaLinkEndsOnDemandAndWithTheColumns() {
        String link = deltaLink();
        sandbox.expireDeltaLinks();
        assertExpired(link, 400);
        String newer = deltaLink();
        sandbox.table("contacts").addColumn(DataverseColumn.text("vin_new", 10));
        assertExpired(newer, 400);
    }

    @Test
    void aDeltaLinkComesBackAsItIs() {
        String link = deltaLink();
        assertThat(caller.follow(link.replace("%2f", "%2F")).status()).isEqualTo(400);
        assertThat(caller.follow(link + "&$top=5").status()).isEqualTo(400);
    }

    @Test
    void noChangesMayBeAnEmptyObject() {
        String link = deltaLink();
        JsonNode usual = caller.follow(link).json();
        assertThat(usual.path("value")).isEmpty();
        assertThat(usual.has("@odata.deltaLink")).isTrue();
        sandbox.switches().bareNoChanges(true);
        assertThat(caller.follow(link).body()).isEqualTo("{}");
    }

    @Test
    void theDeltaLinkMayBeMissing() {
        sandbox.switches().deltaLinks(false);
        assertThat(caller.get("contacts", "Prefer: odata.track-changes").body()).doesNotContain("deltaLink");
    }

    @Test
    void whatHappensDuringALongFirstLoadMayBeMissed() {
        JsonNode first = caller.get("contacts", "Prefer: odata.track-changes,odata.maxpagesize=60")
                .json();
        DataverseTable contacts = sandbox.table("contacts");
        contacts.set(contacts.keys(1).get(0), "lastname", "Missed");
        JsonNode last = caller.follow(first.path("@odata.nextLink").asText()).json();
        JsonNode changes = caller.follow(last.path("@odata.deltaLink").asText()).json();
        assertThat(changes.path("value")).isEmpty();
    }

    @Test
    void anUndeletedRowIsAChangeAndNoDeletion() {
        String link = deltaLink();
        DataverseTable contacts = sandbox.table("contacts");
        String key = contacts.keys(1).get(0);
        contacts.delete(key);
        contacts.undelete(key);
        JsonNode changes = caller.follow(link).json().path("value");
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).path("contactid").asText()).isEqualTo(key);
    }

    @Test
    void aTransactionThatCommitsLateIsNotLost() {
        long late = sandbox.openVersion();
        DataverseTable contacts = sandbox.table("contacts");
        List<String> keys = contacts.keys(2);
        contacts.set(keys.get(0), "lastname", "Early");
        JsonNode all = caller.rows("contacts?$filter=versionnumber%20ge%20" + late);
        assertThat(all).hasSize(1);
        String link = deltaLink();
        contacts.update(keys.get(1), Map.of("lastname", "Late", "versionnumber", late));
        assertThat(contacts.row(keys.get(1)).version()).isEqualTo(late);
        List<String> changed = new ArrayList<>();
        caller.follow(link)
                .json()
                .path("value")
                .forEach(row -> changed.add(row.path("lastname").asText()));
        assertThat(changed).containsExactly("Late", "Early");
    }

    @Test
    void trackingNeedsTheRightToReadTheWholeOrganization() {
        sandbox.table("contacts").denyTracking(true);
        assertThat(caller.get("contacts", "Prefer: odata.track-changes").status())
                .isEqualTo(403);
        assertThat(caller.get("contacts").status()).isEqualTo(200);
    }

    @Test
    void changesAreCounted() {
        String link = deltaLink();
        sandbox.edit("contacts", 1, 0, 1);
        assertThat(caller.follow(link.replace("contacts?", "contacts/$count?")).body())
                .isEqualTo("2");
    }

    private String deltaLink() {
        return caller.get("contacts", "Prefer: odata.track-changes")
                .json()
                .path("@odata.deltaLink")
                .asText();
    }

    private void at(Duration later) {
        sandbox.setClock(Clock.fixed(START.plus(later), ZoneOffset.UTC));
    }

    private void assertExpired(String link, int status) {
        SocketCaller.Reply reply = caller.follow(link);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo("0x80044352");
    }
}
