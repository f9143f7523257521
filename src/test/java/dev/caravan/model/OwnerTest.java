package dev.caravan.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OwnerTest {
    @Test
    void knowsThatItRuns() {
        Owner me = Owner.current();

        assertThat(me.isAlive()).isTrue();
        assertThat(me.host()).isNotBlank();
        assertThat(me.node()).endsWith(":" + ProcessHandle.current().pid());
        assertThat(new Owner(me.host(), me.pid(), me.start().plusMillis(500)).isAlive())
                .isTrue();
    }

    @Test
    void tellsALaterProcessOfTheSameIdApart() {
        Owner me = Owner.current();

        assertThat(new Owner(me.host(), me.pid(), me.start().minusSeconds(60)).isAlive())
                .isFalse();
    }

    @Test
    void knowsThatAProcessIsGone() throws Exception {
        Process process = new ProcessBuilder("true").start();
        Owner owner = new Owner(
                "here",
                process.pid(),
                process.info().startInstant().orElse(Owner.current().start()));
        process.waitFor();

        assertThat(owner.isAlive()).isFalse();
    }
}
