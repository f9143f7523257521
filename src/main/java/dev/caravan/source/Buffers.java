package dev.caravan.source;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Memory for the bodies of large answers, used for one after the other: an array of some megabytes for each would live long
 * enough to be copied by the collector, and then fill what it cleans seldom. Safe for several threads.
 */
public final class Buffers {
    private final int size;
    private final BlockingQueue<byte[]> free;

    /**
     * None yet.
     *
     * @param most how many are kept
     * @param size bytes of each
     */
    public Buffers(int most, int size) {
        this.size = size;
        this.free = new ArrayBlockingQueue<>(most);
    }

    /**
     * One for an answer, with anything in it.
     *
     * @param expected how many bytes the answer is said to have; 0 or less where nothing is said
     */
    public byte[] take(long expected) {
        if (expected > 0 && expected < size / 8) {
            return new byte[(int) expected];
        }
        byte[] used = free.poll();
        return used == null ? new byte[size] : used;
    }

    /** Takes one back that nobody reads any more; one of another size is dropped. */
    public void giveBack(byte[] buffer) {
        if (buffer.length == size) {
            free.offer(buffer);
        }
    }
}
