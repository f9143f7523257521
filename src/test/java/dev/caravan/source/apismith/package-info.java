/** Pages of APISmith: reading them and asking for the next. */
@NullMarked
package dev.caravan.source.apismith;

import org.jspecify.annotations.NullMarked;
