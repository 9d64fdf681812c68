package dev.carillon;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The service as people run it: {@code java -jar carillon.jar}.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Carillon {

	static void main(String[] args) {
		SpringApplication.run(Carillon.class, args);
	}

}
