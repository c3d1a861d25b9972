/**
 * What cks costs. {@code mvn -q -Pbench package} in the root runs everything here, prints one short
 * table, and takes a few minutes and 3 GB of memory:
 *
 * <ul>
 *   <li>{@link dev.cks.bench.ColdStart}: CPU time of a first use in a fresh JVM, beyond the JVM's
 *       own. About half a minute.
 *   <li>{@link dev.cks.bench.EncryptReport}: warm calls through the AWS SDK's interface, and beside
 *       them the bare cipher. About a minute.
 *   <li>{@link dev.cks.bench.HeapPerKey}: the heap that a million keys take, and whether using them
 *       lets it grow. About a minute.
 * </ul>
 *
 * <p>Read CPU times rather than elapsed ones, and ratios within one run rather than nanoseconds: on
 * a shared machine elapsed time contains everybody else's work, and nanoseconds move from fork to
 * fork. A bar is printed next to each figure that has one; nothing fails when it is missed.
 *
 * <p>{@link dev.cks.bench.EncryptBenchmark} is an ordinary JMH benchmark: {@code
 * org.openjdk.jmh.Main} with the class path of this module takes all of JMH's options, and {@code
 * -prof dev.cks.bench.WorkerCpu} adds the CPU time.
 */
@NullMarked
package dev.cks.bench;

import org.jspecify.annotations.NullMarked;
