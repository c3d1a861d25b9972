/**
 * What cks costs. {@code mvn -q -Pbench package} in the root runs everything here, prints short
 * tables, writes {@code docs/benchmarks}, and takes less than ten minutes and 5 GB of memory;
 * {@code -Pbench-full} measures more rows.
 *
 * <ul>
 *   <li>{@link dev.cks.bench.HotPathReport}: calls beside the bare cipher and other libraries.
 *   <li>{@link dev.cks.bench.MillionKeys}: heap and calls of a key store that is full.
 *   <li>{@link dev.cks.bench.ColdStart}: CPU time of a first use in a fresh JVM, beyond the JVM's
 *       own.
 *   <li>{@link dev.cks.bench.ControlPlaneReport}: calls that change something.
 * </ul>
 *
 * <p>Read CPU times rather than elapsed ones, and ratios within one run rather than nanoseconds: on
 * a shared machine elapsed time contains everybody else's work, and nanoseconds move from fork to
 * fork. A bar is shown beside each figure that has one; nothing fails when it is missed.
 *
 * <p>The classes named Benchmark are ordinary JMH benchmarks: {@code org.openjdk.jmh.Main} with the
 * class path of this module takes all of JMH's options, and {@code -prof dev.cks.bench.WorkerCpu}
 * adds the CPU time.
 */
@NullMarked
package dev.cks.bench;

import org.jspecify.annotations.NullMarked;
