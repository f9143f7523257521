/** Tests of what measures. */
@NullMarked
package dev.caravan.bench;

import org.jspecify.annotations.NullMarked;
