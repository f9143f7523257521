package dev.caravan.schema.odata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableKeyTest {
    private static final String PRINCIPALS = """
            <EntityType Name="principal" Abstract="true"><Key><PropertyRef Name="ownerid"/></Key>
              <Property Name="ownerid" Type="Edm.Guid"/></EntityType>
            <EntityType Name="systemuser" BaseType="c.principal"><Key><PropertyRef Name="ownerid"/></Key>
              <Property Name="systemuserid" Type="Edm.Guid"/></EntityType>
            <EntityType Name="activitypointer" Abstract="true"><Key><PropertyRef Name="activityid"/></Key>
              <Property Name="activityid" Type="Edm.Guid"/></EntityType>
            <EntityType Name="email" BaseType="c.activitypointer"><Property Name="subject" Type="Edm.String"/></EntityType>
            <EntityType Name="line"><Key><PropertyRef Name="b"/><PropertyRef Name="a"/></Key>
              <Property Name="a" Type="Edm.Int32"/><Property Name="b" Type="Edm.Int32"/>
              <Property Name="lineid" Type="Edm.Int32"/></EntityType>
            <EntityType Name="loose"><Property Name="a" Type="Edm.Int32"/></EntityType>
            """;

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({
        "systemuser, systemuserid, OWN_ID",
        "email, activityid, DECLARED",
        "line, b a, DECLARED",
        "principal, ownerid, DECLARED",
        "loose, '', NONE"
    })
    void comesFromTheMetadata(String type, String key, TableKey.Found found) {
        TableKey known = key(Csdl.of(PRINCIPALS), "c." + type, "");

        assertThat(String.join(" ", known.columns())).isEqualTo(key);
        assertThat(known.found()).isEqualTo(found);
    }

    @Test
    void isThePrimaryIdWhereTheDefinitionNamesOne() {
        Metadata metadata = Csdl.of(PRINCIPALS);

        assertThat(key(metadata, "c.systemuser", "systemuserid"))
                .isEqualTo(new TableKey(List.of("systemuserid"), TableKey.Found.PRIMARY_ID));
        assertThat(key(metadata, "c.email", "nosuchcolumn").found()).isEqualTo(TableKey.Found.DECLARED);
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource({
        "vin_candidates, '@odata.etag vin_name vin_candidateid vin_id', vin_candidateid",
        "companies, name companyid uid, companyid",
        "boxes, boxid aid, boxid",
        "teammemberships, teammembershipid, teammembershipid",
        "era_supportset, era_name era_supportid, era_supportid",
        "things, _x_id name longid uid, uid",
        "things, _ownerid name, _ownerid",
        "things, '@odata.etag Name', Name",
        "Orders, OrderID CustomerID, OrderID",
        "accountleadscollection, accountid accountleadid leadid, leadid",
    })
    void isGuessedFromARecordWithoutMetadata(String set, String members, String key) {
        TableKey guessed = TableKey.guess(set, List.of(members.split(" ", -1)));

        assertThat(guessed).isEqualTo(new TableKey(List.of(key), TableKey.Found.GUESSED));
    }

    @Test
    void isNoneForARecordWithoutMembers() {
        assertThat(TableKey.guess("things", List.of("@odata.etag")).found()).isEqualTo(TableKey.Found.NONE);
    }

    @Test
    void isTheOwnIdOfUsersAndTeamsInRealDocuments() {
        Metadata metadata = Csdl.real("jag-lcrb-2020-11-16.xml.gz");

        assertThat(key(metadata, "mscrm.systemuser", "").columns()).containsExactly("systemuserid");
        assertThat(key(metadata, "mscrm.team", "").columns()).containsExactly("teamid");
        assertThat(key(metadata, "mscrm.email", "").columns()).containsExactly("activityid");
        assertThat(key(metadata, "mscrm.account", "").columns()).containsExactly("accountid");
    }

    @Test
    void isDeclaredForAlmostEveryRealSet() {
        Metadata metadata = Csdl.real("embc-ess-2022-10-27.xml.gz");

        List<String> without = metadata.sets().stream()
                .filter(set -> TableKey.of(metadata, metadata.typeOf(set), Optional.empty())
                        .columns()
                        .isEmpty())
                .map(EntitySet::name)
                .toList();
        assertThat(without).isEmpty();
    }

    private static TableKey key(Metadata metadata, String type, String primaryId) {
        EntityType found = metadata.type(type).orElseThrow();
        EntityDefinition definition =
                new EntityDefinition(found.simpleName(), "", primaryId, "", false, false, "", "", Map.of(), List.of());
        return TableKey.of(metadata, found, primaryId.isEmpty() ? Optional.empty() : Optional.of(definition));
    }
}
