/** Tests of what is remembered, on both databases. */
@NullMarked
package dev.caravan.store;

import org.jspecify.annotations.NullMarked;
