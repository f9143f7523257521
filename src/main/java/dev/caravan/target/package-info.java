/** What all kinds of targets have in common. */
@NullMarked
package dev.caravan.target;

import org.jspecify.annotations.NullMarked;
