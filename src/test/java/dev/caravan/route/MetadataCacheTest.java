package dev.caravan.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.CaravanException;
import dev.caravan.schema.odata.EntitySet;
import dev.caravan.schema.odata.Metadata;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class MetadataCacheTest {
    private final MetadataCache cache = new MetadataCache(4000);

    private static InputStream document(String set) {
        return new ByteArrayInputStream(text(set).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String set) {
        return """
                <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
                <Schema Namespace="shop" xmlns="http://docs.oasis-open.org/odata/ns/edm">
                <EntityType Name="thing"><Key><PropertyRef Name="thingid"/></Key><Property Name="thingid" Type="Edm.Guid"/>
                </EntityType><EntityContainer Name="all"><EntitySet Name="@set@" EntityType="shop.thing"/></EntityContainer>
                </Schema></edmx:DataServices></edmx:Edmx>
                """.replace("@set@", set);
    }

    @Test
    void theSameTextIsNotParsedTwice() {
        Metadata first = cache.read("crm", document("things"));
        assertThat(first.sets()).extracting(EntitySet::name).containsExactly("things");
        assertThat(cache.read("crm", document("things"))).isSameAs(first);
    }

    @Test
    void anotherTextIsParsedAnew() {
        Metadata first = cache.read("crm", document("things"));
        Metadata second = cache.read("crm", document("stuff"));
        assertThat(second.sets()).extracting(EntitySet::name).containsExactly("stuff");
        assertThat(cache.read("crm", document("things"))).isNotSameAs(first);
    }

    @Test
    void connectorsHaveTheirOwn() {
        Metadata first = cache.read("crm", document("things"));
        assertThat(cache.read("archive", document("things"))).isNotSameAs(first);
        assertThat(cache.read("crm", document("things"))).isSameAs(first);
    }

    @Test
    void whatBreaksOffIsTroubleOfTheSourceAndKeepsWhatWasKnown() {
        Metadata first = cache.read("crm", document("things"));
        InputStream broken = new SequenceInputStream(document("thi"), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Connection reset");
            }

            @Override
            public int read(byte[] buffer, int from, int most) throws IOException {
                throw new IOException("Connection reset");
            }
        });
        assertThatThrownBy(() -> cache.read("crm", broken))
                .isInstanceOfSatisfying(
                        CaravanException.class,
                        fault -> assertThat(fault.code()).isEqualTo("SOURCE_TROUBLE"));
        assertThat(cache.read("crm", document("things"))).isSameAs(first);
    }

    @Test
    void whatIsTooLargeOrNoMetadataIsRefusedAndNotKept() {
        InputStream large = new SequenceInputStream(document("things"), new ByteArrayInputStream(new byte[4000]));
        assertThatThrownBy(() -> cache.read("crm", large))
                .isInstanceOfSatisfying(
                        CaravanException.class,
                        fault -> assertThat(fault.code()).isEqualTo("METADATA_UNREADABLE"));
        assertThatThrownBy(() -> cache.read("crm", new ByteArrayInputStream("<html>".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(CaravanException.class);
        assertThat(cache.read("crm", document("things")).sets()).hasSize(1);
    }
}
