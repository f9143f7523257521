package dev.caravan.identity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * BLAKE3 with 32 bytes of output: the compression function, the chunks and their tree of the
 * <a href="https://github.com/BLAKE3-team/BLAKE3-specs">BLAKE3 paper</a> (sections 2.1 to 2.4) over plain ints. The
 * library copies its state seven times a block, which for a million rows, or for rows of kilobytes, is gigabytes of
 * garbage. Not safe for several threads.
 */
final class RowHash {
    private static final int CHUNK = 1024;
    private static final int BLOCK = 64;
    private static final int CHUNK_START = 1;
    private static final int CHUNK_END = 2;
    private static final int PARENT = 4;
    private static final int ROOT = 8;
    /** Levels of a tree over as many bytes as an array can hold. */
    private static final int DEEPEST = 22;

    private static final int ROUNDS = 7;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int[] START = {
        0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19
    };

    private final int[] chain = new int[8];
    private final int[] words = new int[16];
    private final int[][] subtrees = new int[DEEPEST][8];
    private final byte[] last = new byte[BLOCK];
    private final byte[] hash = new byte[32];

    /** The hash of the first bytes of an array: 32 bytes, overwritten by the next call. */
    byte[] of(byte[] bytes, int length) {
        int depth = 0;
        int chunks = 0;
        int at = 0;
        while (length - at > CHUNK) {
            chunk(bytes, at, CHUNK, chunks, 0);
            at += CHUNK;
            chunks++;
            for (int complete = chunks; (complete & 1) == 0; complete >>= 1) {
                depth--;
                parent(subtrees[depth], 0);
            }
            System.arraycopy(chain, 0, subtrees[depth], 0, 8);
            depth++;
        }
        chunk(bytes, at, length - at, chunks, depth == 0 ? ROOT : 0);
        while (depth > 0) {
            depth--;
            parent(subtrees[depth], depth == 0 ? ROOT : 0);
        }
        for (int i = 0; i < 8; i++) {
            WORDS.set(hash, i * 4, chain[i]);
        }
        return hash;
    }

    /** The chaining value of at most a chunk's bytes. */
    private void chunk(byte[] bytes, int from, int length, int number, int root) {
        System.arraycopy(START, 0, chain, 0, 8);
        int flags = CHUNK_START;
        int at = from;
        while (from + length - at > BLOCK) {
            load(bytes, at);
            compress(BLOCK, number, flags);
            flags = 0;
            at += BLOCK;
        }
        int rest = from + length - at;
        System.arraycopy(bytes, at, last, 0, rest);
        Arrays.fill(last, rest, BLOCK, (byte) 0);
        load(last, 0);
        compress(rest, number, flags | CHUNK_END | root);
    }

    /** That of two: the one given, and the one at hand to its right. */
    private void parent(int[] left, int root) {
        System.arraycopy(left, 0, words, 0, 8);
        System.arraycopy(chain, 0, words, 8, 8);
        System.arraycopy(START, 0, chain, 0, 8);
        compress(BLOCK, 0, PARENT | root);
    }

    private void load(byte[] bytes, int at) {
        for (int i = 0; i < 16; i++) {
            words[i] = (int) WORDS.get(bytes, at + i * 4);
        }
    }

    /** One block: the chaining value before becomes the one after. Written out, without arrays in the rounds. */
    private void compress(int length, int number, int flags) {
        int m0 = words[0];
        int m1 = words[1];
        int m2 = words[2];
        int m3 = words[3];
        int m4 = words[4];
        int m5 = words[5];
        int m6 = words[6];
        int m7 = words[7];
        int m8 = words[8];
        int m9 = words[9];
        int m10 = words[10];
        int m11 = words[11];
        int m12 = words[12];
        int m13 = words[13];
        int m14 = words[14];
        int m15 = words[15];
        int[] h = chain;
        int a = h[0];
        int b = h[1];
        int c = h[2];
        int d = h[3];
        int e = h[4];
        int f = h[5];
        int g = h[6];
        int k = h[7];
        int q = START[0];
        int r = START[1];
        int s = START[2];
        int t = START[3];
        int u = number;
        int v = 0;
        int w = length;
        int x = flags;
        for (int i = 0; i < ROUNDS; i++) {
            a += e + m0;
            u = Integer.rotateRight(u ^ a, 16);
            q += u;
            e = Integer.rotateRight(e ^ q, 12);
            a += e + m1;
            u = Integer.rotateRight(u ^ a, 8);
            q += u;
            e = Integer.rotateRight(e ^ q, 7);
            b += f + m2;
            v = Integer.rotateRight(v ^ b, 16);
            r += v;
            f = Integer.rotateRight(f ^ r, 12);
            b += f + m3;
            v = Integer.rotateRight(v ^ b, 8);
            r += v;
            f = Integer.rotateRight(f ^ r, 7);
            c += g + m4;
            w = Integer.rotateRight(w ^ c, 16);
            s += w;
            g = Integer.rotateRight(g ^ s, 12);
            c += g + m5;
            w = Integer.rotateRight(w ^ c, 8);
            s += w;
            g = Integer.rotateRight(g ^ s, 7);
            d += k + m6;
            x = Integer.rotateRight(x ^ d, 16);
            t += x;
            k = Integer.rotateRight(k ^ t, 12);
            d += k + m7;
            x = Integer.rotateRight(x ^ d, 8);
            t += x;
            k = Integer.rotateRight(k ^ t, 7);
            a += f + m8;
            x = Integer.rotateRight(x ^ a, 16);
            s += x;
            f = Integer.rotateRight(f ^ s, 12);
            a += f + m9;
            x = Integer.rotateRight(x ^ a, 8);
            s += x;
            f = Integer.rotateRight(f ^ s, 7);
            b += g + m10;
            u = Integer.rotateRight(u ^ b, 16);
            t += u;
            g = Integer.rotateRight(g ^ t, 12);
            b += g + m11;
            u = Integer.rotateRight(u ^ b, 8);
            t += u;
            g = Integer.rotateRight(g ^ t, 7);
            c += k + m12;
            v = Integer.rotateRight(v ^ c, 16);
            q += v;
            k = Integer.rotateRight(k ^ q, 12);
            c += k + m13;
            v = Integer.rotateRight(v ^ c, 8);
            q += v;
            k = Integer.rotateRight(k ^ q, 7);
            d += e + m14;
            w = Integer.rotateRight(w ^ d, 16);
            r += w;
            e = Integer.rotateRight(e ^ r, 12);
            d += e + m15;
            w = Integer.rotateRight(w ^ d, 8);
            r += w;
            e = Integer.rotateRight(e ^ r, 7);
            // The words as the next round takes them: the paper's permutation is two cycles of eight.
            int moved = m0;
            m0 = m2;
            m2 = m3;
            m3 = m10;
            m10 = m12;
            m12 = m9;
            m9 = m11;
            m11 = m5;
            m5 = moved;
            moved = m1;
            m1 = m6;
            m6 = m4;
            m4 = m7;
            m7 = m13;
            m13 = m14;
            m14 = m15;
            m15 = m8;
            m8 = moved;
        }
        h[0] = a ^ q;
        h[1] = b ^ r;
        h[2] = c ^ s;
        h[3] = d ^ t;
        h[4] = e ^ u;
        h[5] = f ^ v;
        h[6] = g ^ w;
        h[7] = k ^ x;
    }
}
