/** Tests of what is asked of Dataverse and how its answers are read. */
@NullMarked
package dev.caravan.source.dataverse;

import org.jspecify.annotations.NullMarked;
