package dev.carillon.stocks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

/**
 * Configuration as the application would read it.
 */
final class Binding {

	private final Map<String, String> values = new LinkedHashMap<>();

	Binding with(String key, String value) {
		this.values.put("carillon.stocks." + key, value);
		return this;
	}

	StocksProperties bind() {
		return new Binder(List.of(new MapConfigurationPropertySource(this.values)), null,
				ApplicationConversionService.getSharedInstance())
			.bindOrCreate("carillon.stocks", StocksProperties.class);
	}

}
