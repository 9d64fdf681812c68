package dev.carillon.topic;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;

/**
 * Stops the start if a family of topics has a key that does not exist; the error names
 * the key.
 * <p>
 * The prefix of {@link TopicProperties} is shared with others, so that the annotation
 * cannot ask for it. As everywhere in Spring Boot, environment variables and system
 * properties are not judged: their names are not exact.
 */
final class UnknownTopicKeys extends AbstractBindHandler {

	private static final Bindable<Map<String, TopicProperties.Family>> FAMILIES = Bindable.mapOf(String.class,
			TopicProperties.Family.class);

	UnknownTopicKeys(BindHandler parent) {
		super(parent);
	}

	@Override
	public void onFinish(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			@Nullable Object result) throws Exception {
		super.onFinish(name, target, context, result);
		if (TopicProperties.class.equals(target.getType().resolve())) {
			context.getBinder()
				.bind("carillon.topics", FAMILIES,
						new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
		}
	}

}
