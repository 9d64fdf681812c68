package dev.carillon.chat;

class ChatStorageOnH2Tests extends ChatStorageContract {

	ChatStorageOnH2Tests() {
		super(TestDatabase.H2);
	}

}
