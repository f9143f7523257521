package dev.caravan.schema.odata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Differences between real documents of one environment, as they were counted by other means. */
final class MetadataDifferenceTest {
    @Test
    void findsWhatChangedInNineteenMonths() {
        MetadataDifference difference = MetadataDifference.between(
                Csdl.real("embc-ess-2021-03-05.xml.gz"), Csdl.real("embc-ess-2022-10-27.xml.gz"));

        assertThat(difference.addedTypes()).hasSize(23).contains("abs_scheduledprocess", "era_essfilenote");
        assertThat(difference.removedTypes())
                .containsExactlyInAnyOrder(
                        "era_autonumber", "era_bcsc", "era_needsassessmentevacuee", "mbs_pluginprofile");
        assertThat(difference.addedSets()).hasSize(23);
        assertThat(difference.removedSets()).hasSize(4);
        assertThat(difference.addedProperties()).hasSize(99).contains("contact.era_securityquestiontext1");
        assertThat(difference.removedProperties()).hasSize(38).contains("contact.era_providedemail");
        assertThat(difference.retyped()).isEmpty();
        assertThat(difference.addedNavigations()).hasSize(365);
        assertThat(difference.removedNavigations()).hasSize(78);
    }

    @Test
    void findsATimeThatBecameADate() {
        MetadataDifference difference = MetadataDifference.between(
                Csdl.real("jag-lcrb-2020-04-22.xml.gz"), Csdl.real("jag-lcrb-2020-11-16.xml.gz"));

        assertThat(difference.addedTypes()).hasSize(24);
        assertThat(difference.removedTypes()).hasSize(3);
        assertThat(difference.addedSets()).hasSize(24);
        assertThat(difference.removedSets()).hasSize(3);
        assertThat(difference.addedProperties()).hasSize(430);
        assertThat(difference.removedProperties()).hasSize(19);
        assertThat(difference.retyped())
                .containsExactly("adoxio_application.adoxio_dateaipexpired Edm.DateTimeOffset -> Edm.Date");
        assertThat(difference.addedNavigations()).hasSize(471);
        assertThat(difference.removedNavigations()).hasSize(33);
    }
}
