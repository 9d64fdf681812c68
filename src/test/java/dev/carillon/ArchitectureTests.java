package dev.carillon;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import org.springframework.beans.factory.annotation.Autowired;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The map of the design: who may know whom, and what may never happen on a delivery loop.
 */
@AnalyzeClasses(packages = "dev.carillon", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String[] FEATURES = { "dev.carillon.chat..", "dev.carillon.stocks..",
			"dev.carillon.scores.." };

	private static final String[] KERNEL = { "dev.carillon.topic..", "dev.carillon.delivery.." };

	@ArchTest
	static final ArchRule topicKnowsNothingElseOfCarillon = noClasses().that()
		.resideInAPackage("dev.carillon.topic..")
		.should()
		.dependOnClassesThat(resideInAPackage("dev.carillon..")
			.and(JavaClass.Predicates.resideOutsideOfPackage("dev.carillon.topic..")))
		.because("everything else is built upon the topics");

	@ArchTest
	static final ArchRule deliveryKnowsOnlyTopic = noClasses().that()
		.resideInAPackage("dev.carillon.delivery..")
		.should()
		.dependOnClassesThat(resideInAPackage("dev.carillon..")
			.and(JavaClass.Predicates.resideOutsideOfPackages("dev.carillon.topic..", "dev.carillon.delivery..")))
		.because("adapters know delivery, not the other way round");

	@ArchTest
	static final ArchRule kernelKnowsNoProtocol = noClasses().that()
		.resideInAnyPackage(KERNEL)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.web..", "org.springframework.messaging..",
				"org.springframework.http..", "org.springframework.security..", "jakarta.servlet..",
				"jakarta.websocket..", "org.eclipse.jetty..", "tools.jackson..", "java.net..")
		.because("topics and cursors are the same whatever carries the frames");

	@ArchTest
	static final ArchRule kernelDoesNoBlockingWork = noClasses().that()
		.resideInAnyPackage(KERNEL)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..",
				"org.springframework.transaction..", "java.io..", "java.nio.file..", "java.nio.channels..")
		.because("nothing on a delivery loop blocks (I5): no file, no database, no socket");

	@ArchTest
	static final ArchRule deliveryTakesNoLocks = noClasses().that()
		.resideInAPackage("dev.carillon.delivery..")
		.should()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.util.concurrent.locks.ReentrantLock")
		.orShould()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.util.concurrent.locks.ReentrantReadWriteLock")
		.orShould()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.util.concurrent.CountDownLatch")
		.orShould()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.util.concurrent.Semaphore")
		.orShould()
		.callMethod(Thread.class, "sleep", long.class)
		.orShould()
		.callMethod(Object.class, "wait")
		.because("only its loop touches a session, so there is nothing to lock and nothing to wait for (I5)");

	@ArchTest
	static final ArchRule deliveryIsNotSynchronized = noMethods().that()
		.areDeclaredInClassesThat()
		.resideInAPackage("dev.carillon.delivery..")
		.should()
		.haveModifier(JavaModifier.SYNCHRONIZED)
		.because("only its loop touches a session (I5)");

	@ArchTest
	static final ArchRule sinksAreCalledInOnePlace = noClasses().that()
		.resideOutsideOfPackage("dev.carillon.delivery..")
		.or()
		.doNotHaveSimpleName("Session")
		.and()
		// One sink may stand before another.
		.doNotImplement("dev.carillon.delivery.Sink")
		.should()
		.callMethod("dev.carillon.delivery.Sink", "write", "java.util.List", "dev.carillon.delivery.Sink$Completion")
		.because("all frames of a session leave through one place, in one order (I6)");

	@ArchTest
	static final ArchRule featuresKnowOnlyTopics = noClasses().that()
		.resideInAnyPackage(FEATURES)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.carillon.delivery..", "dev.carillon.stomp..", "dev.carillon.http..",
				"dev.carillon.observability..")
		.allowEmptyShould(true)
		.because("a feature publishes to topics and leaves the rest to Spring's annotations");

	@ArchTest
	static final ArchRule storageKnowsNothingElseOfCarillon = noClasses().that()
		.resideInAPackage("dev.carillon.storage..")
		.should()
		.dependOnClassesThat(resideInAPackage("dev.carillon..")
			.and(JavaClass.Predicates.resideOutsideOfPackage("dev.carillon.storage..")))
		.because("it is about databases, whatever is kept in them");

	@ArchTest
	static final ArchRule nobodyKnowsAFeature = noClasses().that()
		.resideOutsideOfPackages(FEATURES)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(FEATURES)
		.because("a feature can be taken away without a change elsewhere");

	@ArchTest
	static final ArchRule featuresDoNotKnowEachOther = slices().assignedFrom(new Features())
		.should()
		.notDependOnEachOther()
		.allowEmptyShould(true)
		.because("adding a family of topics moves nothing else");

	@ArchTest
	static final ArchRule timeIsInjected = noClasses().should()
		.callMethod(System.class, "currentTimeMillis")
		.orShould()
		.callMethod("java.time.Instant", "now")
		.orShould()
		.callMethod("java.time.LocalDate", "now")
		.orShould()
		.callMethod("java.time.ZonedDateTime", "now")
		.orShould()
		.callMethod(Thread.class, "sleep", long.class)
		.orShould()
		.callMethod("java.lang.Thread", "sleep", "java.time.Duration")
		.because("tests set the clock and never wait for it");

	@ArchTest
	static final ArchRule nothingIsPrinted = noClasses().should(ACCESS_STANDARD_STREAMS)
		.because("what is worth saying goes to the log");

	@ArchTest
	static final ArchRule nothingIsInjectedIntoFields = noFields().should()
		.beAnnotatedWith(Autowired.class)
		.because("a value that exists is valid: constructors take what they need");

	@ArchTest
	static final ArchRule configurationIsRecords = classes().that()
		.areAnnotatedWith("org.springframework.boot.context.properties.ConfigurationProperties")
		.should()
		.beRecords()
		.because("configuration is validated once and never changes");

	/** Each feature is a slice. */
	private static final class Features implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			for (String feature : FEATURES) {
				if (resideInAPackage(feature).test(type)) {
					return SliceIdentifier.of(feature);
				}
			}
			return SliceIdentifier.ignore();
		}

		@Override
		public String getDescription() {
			return "features";
		}

	}

}
