-- A match and how it began. The same key of the same user creates one match.
create table score_match (
	id varchar(40) primary key,
	sport varchar(20) not null,
	fixture varchar(4000) not null,
	opened_by varchar(1000) not null,
	message_key varchar(128),
	opened_at timestamp(3) with time zone not null,
	constraint score_match_once unique (opened_by, message_key)
);

-- The timeline of a match: an event (report) or the withdrawal of one (withdrawn). Rows are only ever added.
create table score_step (
	match_id varchar(40) not null references score_match (id) on delete cascade,
	number integer not null,
	reported_by varchar(1000) not null,
	message_key varchar(128),
	reported_at timestamp(3) with time zone not null,
	report varchar(4000),
	withdrawn integer,
	primary key (match_id, number),
	constraint score_step_once unique (match_id, reported_by, message_key),
	constraint score_step_is_one check ((report is null) <> (withdrawn is null))
);
