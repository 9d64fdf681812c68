package dev.carillon.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/**
 * The whole service on a port of its own with the demo users, some families of topics to
 * try things on, and short heart-beats. All classes with this annotation share it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
		// A database of its own, and features that keep still.
		"spring.datasource.url=jdbc:h2:mem:carillon-test;DB_CLOSE_DELAY=-1", "carillon.stocks.simulator.rate=0.001",
		"carillon.scores.simulator.enabled=false",
		// Everybody may do everything.
		"carillon.topics.t-open.pattern=/topic/open.**", "carillon.topics.t-open.subscribe=anyone",
		"carillon.topics.t-open.send=anyone", "carillon.topics.t-open.wildcards=true",
		"carillon.topics.t-open.log.entries=1000", "carillon.topics.t-open.log.bytes=16MB",
		"carillon.topics.t-open.message-size=4MB",
		// The same without wildcards and with small bodies.
		"carillon.topics.t-plain.pattern=/topic/plain.{name}", "carillon.topics.t-plain.subscribe=anyone",
		"carillon.topics.t-plain.send=anyone", "carillon.topics.t-plain.message-size=1KB",
		// For those who have signed in, and for one role.
		"carillon.topics.t-members.pattern=/topic/members.{name}", "carillon.topics.t-members.subscribe=authenticated",
		"carillon.topics.t-members.send=authenticated", "carillon.topics.t-members.wildcards=true",
		"carillon.topics.t-scorers.pattern=/topic/scorers.{name}", "carillon.topics.t-scorers.subscribe=role:SCORER",
		"carillon.topics.t-scorers.send=role:SCORER", "carillon.topics.t-scorers.wildcards=true",
		// Last value on subscribe; a log of four entries.
		"carillon.topics.t-last.pattern=/topic/last.{name}", "carillon.topics.t-last.subscribe=anyone",
		"carillon.topics.t-last.send=anyone", "carillon.topics.t-last.replay=1",
		"carillon.topics.t-short.pattern=/topic/short.{name}", "carillon.topics.t-short.subscribe=anyone",
		"carillon.topics.t-short.send=anyone", "carillon.topics.t-short.log.entries=4",
		// Work queues for guests, one of them small.
		"carillon.topics.t-work.pattern=/queue/work.{name}", "carillon.topics.t-work.subscribe=anyone",
		"carillon.topics.t-work.send=anyone", "carillon.topics.t-tiny.pattern=/queue/tiny.{name}",
		"carillon.topics.t-tiny.subscribe=anyone", "carillon.topics.t-tiny.send=anyone",
		"carillon.topics.t-tiny.log.entries=2",
		// Handler methods.
		"carillon.topics.t-app.pattern=/app/try.**", "carillon.topics.t-app.subscribe=anyone",
		"carillon.topics.t-app.send=anyone", "carillon.stomp.heart-beat-send=300ms",
		"carillon.stomp.heart-beat-receive=2s", "carillon.stomp.close-timeout=2s", "carillon.stomp.breach-delay=0" })
@Import(TryApplication.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
public @interface CarillonTest {

}
