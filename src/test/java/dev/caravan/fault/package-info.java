/** Tests of the faults. */
@NullMarked
package dev.caravan.fault;

import org.jspecify.annotations.NullMarked;
