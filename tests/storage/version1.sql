-- A database as version 1 of the schema has it, with a few conversations: what migrations are tested on. One statement a line.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID
INSERT INTO meta VALUES ('boot', ''), ('era', '0'), ('probe', '')
CREATE TABLE conversations (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL, seq INTEGER NOT NULL, turns INTEGER NOT NULL, active TEXT, title TEXT, first_words TEXT NOT NULL DEFAULT '', pinned INTEGER NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL, removed INTEGER)
CREATE INDEX conversations_listed ON conversations (pinned DESC, updated DESC, id DESC) WHERE removed IS NULL
CREATE TABLE messages (id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, message_id TEXT NOT NULL, parent_id TEXT, role TEXT NOT NULL, content TEXT NOT NULL, at INTEGER NOT NULL, client_id TEXT, turn TEXT, agent TEXT, model TEXT, state TEXT, thoughts TEXT, finish_reason TEXT, prompt_tokens INTEGER, cached_tokens INTEGER, thought_tokens INTEGER, answer_tokens INTEGER, total_tokens INTEGER, error_code TEXT, error TEXT, raw_parts BLOB, journal_from INTEGER, UNIQUE (conversation, message_id))
CREATE INDEX messages_running ON messages (journal_from) WHERE state = 'running'
CREATE TABLE journal (id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL, seq INTEGER NOT NULL, kind INTEGER NOT NULL, text TEXT NOT NULL)
CREATE VIRTUAL TABLE search USING fts5 (content, content='messages', content_rowid='id', tokenize='unicode61 remove_diacritics 2')
CREATE TRIGGER message_added AFTER INSERT ON messages WHEN new.state IS NOT 'running' BEGIN INSERT INTO search (rowid, content) VALUES (new.id, new.content); END
CREATE TRIGGER message_removed AFTER DELETE ON messages WHEN old.state IS NOT 'running' BEGIN INSERT INTO search (search, rowid, content) VALUES ('delete', old.id, old.content); END
CREATE TRIGGER message_ended AFTER UPDATE OF content, state ON messages WHEN new.state IS NOT 'running' AND old.state IS 'running' BEGIN INSERT INTO search (rowid, content) VALUES (new.id, new.content); END
CREATE TRIGGER message_goes_on AFTER UPDATE OF content, state ON messages WHEN new.state IS 'running' AND old.state IS NOT 'running' BEGIN INSERT INTO search (search, rowid, content) VALUES ('delete', old.id, old.content); END
CREATE TRIGGER message_changed AFTER UPDATE OF content, state ON messages WHEN new.state IS NOT 'running' AND old.state IS NOT 'running' BEGIN INSERT INTO search (search, rowid, content) VALUES ('delete', old.id, old.content); INSERT INTO search (rowid, content) VALUES (new.id, new.content); END
PRAGMA application_id = 1382968940
PRAGMA user_version = 1
INSERT INTO conversations VALUES (1, 'c1', 'e1', 5, 1, 'm2', 'Große Übersicht', 'Hallo', 0, 1767225600000, 1767225600000, NULL)
INSERT INTO conversations VALUES (2, 'c2', 'e2', 9, 2, 'm4', NULL, '东京', 1, 1767225601000, 1767225602000, NULL)
INSERT INTO messages (id, conversation, message_id, parent_id, role, content, at, turn, agent, model, state, finish_reason, journal_from) VALUES (1, 1, 'm1', NULL, 'user', 'Hallo, wie lang ist die Donau?', 1767225600000, NULL, NULL, NULL, NULL, NULL, NULL), (2, 1, 'm2', 'm1', 'model', 'Sie hat 2850 Kilometer.', 1767225600000, 't1', 'default', 'g', 'done', 'stop', NULL), (3, 2, 'm1', NULL, 'user', '我喜欢在东京学习', 1767225601000, NULL, NULL, NULL, NULL, NULL, NULL), (4, 2, 'm2', 'm1', 'model', '翠鸟在河边', 1767225601000, 't1', 'default', 'g', 'done', 'stop', NULL), (5, 2, 'm3', 'm2', 'user', 'Und?', 1767225602000, NULL, NULL, NULL, NULL, NULL, NULL), (6, 2, 'm4', 'm3', 'model', '', 1767225602000, 't2', 'default', 'g', 'running', NULL, 1)
INSERT INTO journal VALUES (1, 2, 8, 0, '大阪的桥')
