/** Who a row is and what it holds, as hashes that are the same on every machine. */
@NullMarked
package dev.caravan.identity;

import org.jspecify.annotations.NullMarked;
