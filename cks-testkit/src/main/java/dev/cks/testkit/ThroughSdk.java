package dev.cks.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for the SDK's generated {@code KmsClient}, which signs, retries and calls interceptors as
 * against AWS; without it a test gets the direct one, which has all exceptions and no retries.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface ThroughSdk {}
