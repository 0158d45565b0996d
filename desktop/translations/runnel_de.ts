<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AgentButton</name>
    <message>
        <source>Agent: %1</source>
        <translation>Agent: %1</translation>
    </message>
</context>
<context>
    <name>AgentMenu</name>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
</context>
<context>
    <name>Answer</name>
    <message>
        <source>Agents: %1</source>
        <translation>Agenten: %1</translation>
    </message>
    <message>
        <source>%1 is answering</source>
        <translation>%1 antwortet</translation>
    </message>
</context>
<context>
    <name>AnswerActions</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>Antwort kopieren</translation>
    </message>
    <message>
        <source>Regenerate answer</source>
        <translation>Antwort neu erzeugen</translation>
    </message>
</context>
<context>
    <name>AnswerEnd</name>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
</context>
<context>
    <name>AnswerHead</name>
    <message>
        <source>Answer of %1, %2</source>
        <translation>Antwort von %1, %2</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Hide this notice</source>
        <translation>Hinweis ausblenden</translation>
    </message>
</context>
<context>
    <name>Bubble</name>
    <message>
        <source>You, not answered yet: %1</source>
        <translation>Sie, noch nicht beantwortet: %1</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>Sie: %1</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>The server no longer has this conversation: it was restarted or needed the room.</source>
        <translation>Der Server hat diese Unterhaltung nicht mehr: Er wurde neu gestartet oder brauchte den Platz.</translation>
    </message>
    <message>
        <source>Built-in demo model. Set GOOGLE_API_KEY on the server to talk to Gemini.</source>
        <translation>Eingebautes Demomodell. Mit GOOGLE_API_KEY auf dem Server antwortet Gemini.</translation>
    </message>
    <message>
        <source>This conversation is not on the server: it was deleted, or the link belongs to another server. What you write here begins a new one.</source>
        <translation>Diese Unterhaltung ist nicht auf dem Server: Sie wurde gelöscht, oder der Link gehört zu einem anderen Server. Was Sie hier schreiben, beginnt eine neue.</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Code in %1</source>
        <translation>Code in %1</translation>
    </message>
    <message>
        <source>code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>Lange Zeilen umbrechen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>Code kopieren</translation>
    </message>
</context>
<context>
    <name>CommandHint</name>
    <message>
        <source>Copy “%1”</source>
        <translation>„%1“ kopieren</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Write a message</source>
        <translation>Nachricht schreiben</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Escape stops the answer</source>
        <translation>Esc hält die Antwort an</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line</source>
        <translation>Eingabe sendet, Umschalt+Eingabe beginnt eine neue Zeile</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
</context>
<context>
    <name>ConnectionBadge</name>
    <message>
        <source>Connection: %1</source>
        <translation>Verbindung: %1</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
</context>
<context>
    <name>ConversationRow</name>
    <message>
        <source>being answered</source>
        <translation>wird beantwortet</translation>
    </message>
    <message>
        <source>a new answer</source>
        <translation>neue Antwort</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>noch nicht gesendet</translation>
    </message>
    <message>
        <source>More for “%1”</source>
        <translation>Mehr zu „%1“</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
</context>
<context>
    <name>EditMenu</name>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Ausschneiden</translation>
    </message>
    <message>
        <source>Ctrl+X</source>
        <translation>Strg+X</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation>Strg+C</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Ctrl+V</source>
        <translation>Strg+V</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Ctrl+A</source>
        <translation>Strg+A</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>What would you like to know?</source>
        <translation>Was möchten Sie wissen?</translation>
    </message>
</context>
<context>
    <name>ErrorCard</name>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wiederholen</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export the conversation</source>
        <translation>Unterhaltung exportieren</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
</context>
<context>
    <name>FirstPage</name>
    <message>
        <source>Welcome to Runnel</source>
        <translation>Willkommen bei Runnel</translation>
    </message>
    <message>
        <source>Talk to AI models through a server that you or somebody you know runs: conversations stay there.</source>
        <translation>Sprechen Sie mit KI-Modellen über einen Server, den Sie selbst oder Bekannte betreiben: Die Unterhaltungen bleiben dort.</translation>
    </message>
    <message>
        <source>Use the server on this computer</source>
        <translation>Server auf diesem Computer verwenden</translation>
    </message>
    <message>
        <source>Or another server&apos;s address</source>
        <translation>Oder die Adresse eines anderen Servers</translation>
    </message>
    <message>
        <source>The server&apos;s address</source>
        <translation>Adresse des Servers</translation>
    </message>
    <message>
        <source>https://chat.example.org</source>
        <translation>https://chat.example.org</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Connecting to %1 …</source>
        <translation>Verbindung mit %1 …</translation>
    </message>
    <message>
        <source>No server yet? Among Runnel&apos;s sources this starts one:</source>
        <translation>Noch kein Server? Bei Runnels Quellen startet das einen:</translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>Conversations</source>
        <translation>Unterhaltungen</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Theme: as the system</source>
        <translation>Design: wie das System</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>Design: dunkel</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>Design: hell</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import conversations</source>
        <translation>Unterhaltungen importieren</translation>
    </message>
    <message>
        <source>Exported conversations (*.json)</source>
        <translation>Exportierte Unterhaltungen (*.json)</translation>
    </message>
</context>
<context>
    <name>JumpButton</name>
    <message>
        <source>Go to the newest message, there is something new</source>
        <translation>Zur neuesten Nachricht, es gibt Neues</translation>
    </message>
    <message>
        <source>Go to the newest message</source>
        <translation>Zur neuesten Nachricht</translation>
    </message>
</context>
<context>
    <name>LinkSheet</name>
    <message>
        <source>Write a mail?</source>
        <translation>Eine E-Mail schreiben?</translation>
    </message>
    <message>
        <source>Open this link?</source>
        <translation>Diesen Link öffnen?</translation>
    </message>
    <message>
        <source>Always open links to %1</source>
        <translation>Links zu %1 immer öffnen</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Text size: %1 %.</source>
        <translation>Schriftgröße: %1&#xa0;%.</translation>
    </message>
    <message>
        <source>The conversations are shown.</source>
        <translation>Die Unterhaltungen werden gezeigt.</translation>
    </message>
    <message>
        <source>The conversations are hidden.</source>
        <translation>Die Unterhaltungen sind ausgeblendet.</translation>
    </message>
</context>
<context>
    <name>MenuQuestion</name>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>MessageEditor</name>
    <message>
        <source>Edit your message</source>
        <translation>Ihre Nachricht bearbeiten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>MessageMenu</name>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>Antwort kopieren</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>Nachricht kopieren</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>PlatformTrayIcon</name>
    <message>
        <source>Runnel: %1 new</source>
        <translation>Runnel: %1 neu</translation>
    </message>
    <message>
        <source>Show Runnel</source>
        <translation>Runnel zeigen</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Quick question</source>
        <translation>Schnelle Frage</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>QuickPage</name>
    <message>
        <source>Escape closes this window</source>
        <translation>Esc schließt dieses Fenster</translation>
    </message>
    <message>
        <source>Open in Runnel</source>
        <translation>In Runnel öffnen</translation>
    </message>
</context>
<context>
    <name>QuickWindow</name>
    <message>
        <source>Quick question – Runnel</source>
        <translation>Schnelle Frage – Runnel</translation>
    </message>
</context>
<context>
    <name>RowMenu</name>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Export as Markdown</source>
        <translation>Als Markdown exportieren</translation>
    </message>
    <message>
        <source>Export as JSON</source>
        <translation>Als JSON exportieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Del</source>
        <comment>the key</comment>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search all conversations</source>
        <translation>Alle Unterhaltungen durchsuchen</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Strg+F</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
</context>
<context>
    <name>ServerButton</name>
    <message>
        <source>Server: %1</source>
        <translation>Server: %1</translation>
    </message>
</context>
<context>
    <name>ServerMenu</name>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Add a server</source>
        <translation>Server hinzufügen</translation>
    </message>
    <message>
        <source>Delete what is kept here</source>
        <translation>Hier Aufbewahrtes löschen</translation>
    </message>
    <message>
        <source>Deletes what this computer keeps of all servers&apos; conversations, drafts and unsent messages too. The servers keep theirs.</source>
        <translation>Löscht, was dieser Computer von den Unterhaltungen aller Server aufbewahrt, auch Entwürfe und nicht gesendete Nachrichten. Die Server behalten ihre.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Take “%1” out of the list? What this computer keeps of it goes too: conversations, drafts and unsent messages. The server keeps its own.</source>
        <translation>„%1“ aus der Liste nehmen? Was dieser Computer davon aufbewahrt, geht mit: Unterhaltungen, Entwürfe und nicht gesendete Nachrichten. Der Server behält seine.</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Herausnehmen</translation>
    </message>
</context>
<context>
    <name>ServerQuestionSheet</name>
    <message>
        <source>Connect to this server?</source>
        <translation>Mit diesem Server verbinden?</translation>
    </message>
    <message>
        <source>A link asked for it. It is not in your list of servers, and what you write there can be read by whoever runs it.</source>
        <translation>Ein Link verlangt es. Der Server steht nicht in Ihrer Liste, und wer ihn betreibt, kann lesen, was Sie dort schreiben.</translation>
    </message>
    <message>
        <source>The link brings a text with it, which is not sent before you do.</source>
        <translation>Der Link bringt einen Text mit, der erst gesendet wird, wenn Sie ihn senden.</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>ServerRow</name>
    <message>
        <source>%1, not encrypted</source>
        <translation>%1, nicht verschlüsselt</translation>
    </message>
    <message>
        <source>Rename “%1”</source>
        <translation>„%1“ umbenennen</translation>
    </message>
    <message>
        <source>Take “%1” out of the list</source>
        <translation>„%1“ aus der Liste nehmen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>ServerSheet</name>
    <message>
        <source>Add a server</source>
        <translation>Server hinzufügen</translation>
    </message>
    <message>
        <source>https://chat.example.org</source>
        <translation>https://chat.example.org</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>A name for it, as you like</source>
        <translation>Ein beliebiger Name dafür</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
</context>
<context>
    <name>SettingsSheet</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Appearance and language</source>
        <translation>Aussehen und Sprache</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>As the system</source>
        <comment>theme</comment>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>As the system</source>
        <comment>contrast</comment>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>from the next start on</source>
        <translation>ab dem nächsten Start</translation>
    </message>
    <message>
        <source>As the system</source>
        <comment>language</comment>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>While you look at something else</source>
        <translation>Während Sie anderes ansehen</translation>
    </message>
    <message>
        <source>Notify me when a long answer has ended, or a tool waits for me</source>
        <translation>Benachrichtigen, wenn eine lange Antwort fertig ist oder ein Werkzeug auf mich wartet</translation>
    </message>
    <message>
        <source>Show the answer&apos;s first line, also where others may read it, as on a locked screen</source>
        <translation>Die erste Zeile der Antwort zeigen, auch wo andere sie lesen können, etwa auf einem gesperrten Bildschirm</translation>
    </message>
    <message>
        <source>Keep Runnel in the tray when its window is closed</source>
        <translation>Runnel im Infobereich behalten, wenn sein Fenster geschlossen wird</translation>
    </message>
    <message>
        <source>This desktop has no tray: closing the window quits.</source>
        <translation>Dieser Desktop hat keinen Infobereich: Mit dem Fenster wird Runnel beendet.</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Every link of an answer asks before it is opened.</source>
        <translation>Jeder Link einer Antwort fragt, bevor er geöffnet wird.</translation>
    </message>
    <message>
        <source>Sites whose links are opened without a question: %1</source>
        <translation>Websites, deren Links ohne Frage geöffnet werden: %1</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Wieder fragen</translation>
    </message>
    <message>
        <source>About Runnel</source>
        <translation>Über Runnel</translation>
    </message>
    <message>
        <source>Runnel %1, free software under the MIT licence.</source>
        <translation>Runnel %1, freie Software unter der MIT-Lizenz.</translation>
    </message>
    <message>
        <source>Server&apos;s API</source>
        <translation>API des Servers</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>Nachricht senden</translation>
    </message>
    <message>
        <source>Shift+Enter</source>
        <translation>Umschalt+Eingabe</translation>
    </message>
    <message>
        <source>Start a new line</source>
        <translation>Neue Zeile beginnen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Antwort anhalten</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Strg+N</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Strg+K</translation>
    </message>
    <message>
        <source>Go to a conversation</source>
        <translation>Zu einer Unterhaltung gehen</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Strg+F</translation>
    </message>
    <message>
        <source>Search all conversations</source>
        <translation>Alle Unterhaltungen durchsuchen</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Strg+B</translation>
    </message>
    <message>
        <source>Show or hide the conversations</source>
        <translation>Unterhaltungen ein- oder ausblenden</translation>
    </message>
    <message>
        <source>F2, Del</source>
        <translation>F2, Entf</translation>
    </message>
    <message>
        <source>Rename, delete the chosen conversation</source>
        <translation>Gewählte Unterhaltung umbenennen, löschen</translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation>Strg+Z</translation>
    </message>
    <message>
        <source>Bring back what was deleted</source>
        <translation>Gelöschtes zurückholen</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Strg+L</translation>
    </message>
    <message>
        <source>Go to the message field</source>
        <translation>Zum Nachrichtenfeld gehen</translation>
    </message>
    <message>
        <source>Ctrl+Plus, Ctrl+Minus, Ctrl+0</source>
        <translation>Strg+Plus, Strg+Minus, Strg+0</translation>
    </message>
    <message>
        <source>Larger, smaller, normal text</source>
        <translation>Schrift größer, kleiner, normal</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Strg+Q</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>Diese Übersicht</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Ctrl+Comma</source>
        <translation>Strg+Komma</translation>
    </message>
    <message>
        <source>Ctrl+Shift+N</source>
        <translation>Strg+Umschalt+N</translation>
    </message>
    <message>
        <source>Quick question, in a small window</source>
        <translation>Schnelle Frage in einem kleinen Fenster</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>F11</source>
        <translation>F11</translation>
    </message>
    <message>
        <source>Full screen, and back</source>
        <translation>Vollbild und zurück</translation>
    </message>
</context>
<context>
    <name>SideBar</name>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Import conversations</source>
        <translation>Unterhaltungen importieren</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Unterhaltungen</translation>
    </message>
</context>
<context>
    <name>SideBarNote</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>SourcesList</name>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Weniger</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln weitere</numerusform>
            <numerusform>%Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Show fewer sources</source>
        <translation>Weniger Quellen zeigen</translation>
    </message>
    <message>
        <source>Show all sources</source>
        <translation>Alle Quellen zeigen</translation>
    </message>
    <message numerus="yes">
        <source>And %Ln that are not shown.</source>
        <translation>
            <numerusform>Und %Ln weitere, die nicht gezeigt wird.</numerusform>
            <numerusform>Und %Ln weitere, die nicht gezeigt werden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Switcher</name>
    <message>
        <source>Go to a conversation</source>
        <translation>Zu einer Unterhaltung gehen</translation>
    </message>
    <message>
        <source>No conversation has that in its title.</source>
        <translation>Keine Unterhaltung hat das im Titel.</translation>
    </message>
</context>
<context>
    <name>ThoughtsFold</name>
    <message>
        <source>Hide thoughts</source>
        <translation>Gedanken ausblenden</translation>
    </message>
    <message>
        <source>Show thoughts</source>
        <translation>Gedanken zeigen</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Hide this notice</source>
        <translation>Hinweis ausblenden</translation>
    </message>
</context>
<context>
    <name>ToolAsk</name>
    <message>
        <source>Allow</source>
        <translation>Erlauben</translation>
    </message>
    <message>
        <source>Allow the tool %1</source>
        <translation>Werkzeug %1 erlauben</translation>
    </message>
    <message>
        <source>Always allow</source>
        <translation>Immer erlauben</translation>
    </message>
    <message>
        <source>Always allow the tool %1</source>
        <translation>Werkzeug %1 immer erlauben</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Deny the tool %1</source>
        <translation>Werkzeug %1 ablehnen</translation>
    </message>
</context>
<context>
    <name>ToolCard</name>
    <message>
        <source>Tool %1, %2</source>
        <translation>Werkzeug %1, %2</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
</context>
<context>
    <name>ToolHead</name>
    <message>
        <source>Hide details of %1</source>
        <translation>Einzelheiten zu %1 ausblenden</translation>
    </message>
    <message>
        <source>Show details of %1</source>
        <translation>Einzelheiten zu %1 zeigen</translation>
    </message>
</context>
<context>
    <name>ToolText</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>UserMessage</name>
    <message>
        <source>Edit message</source>
        <translation>Nachricht bearbeiten</translation>
    </message>
    <message>
        <source>Remove this message</source>
        <translation>Diese Nachricht entfernen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>Nachricht kopieren</translation>
    </message>
</context>
<context>
    <name>VersionSwitch</name>
    <message>
        <source>Version %1 of %2</source>
        <translation>Fassung %1 von %2</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>Vorige Fassung</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>Nächste Fassung</translation>
    </message>
</context>
<context>
    <name>runnel::Attention</name>
    <message>
        <source>The answer could not be finished.</source>
        <translation>Die Antwort konnte nicht beendet werden.</translation>
    </message>
    <message>
        <source>The answer is there.</source>
        <translation>Die Antwort ist da.</translation>
    </message>
</context>
<context>
    <name>runnel::ChatClient</name>
    <message>
        <source>The message is too long: it has %1, and the server takes at most %2.</source>
        <translation>Die Nachricht ist zu lang: Sie hat %1, der Server nimmt höchstens %2.</translation>
    </message>
    <message>
        <source>The server does not answer.</source>
        <translation>Der Server antwortet nicht.</translation>
    </message>
    <message>
        <source>The server sent something that this program cannot read.</source>
        <translation>Der Server hat etwas gesendet, das dieses Programm nicht lesen kann.</translation>
    </message>
    <message>
        <source>The server does not speak this program&apos;s protocol (%1).</source>
        <translation>Der Server spricht das Protokoll dieses Programms nicht (%1).</translation>
    </message>
    <message>
        <source>A part of the conversation got lost on the way.</source>
        <translation>Ein Teil der Unterhaltung ging unterwegs verloren.</translation>
    </message>
    <message>
        <source>The server does not know how far this program is.</source>
        <translation>Der Server weiß nicht, wie weit dieses Programm ist.</translation>
    </message>
    <message>
        <source>The connection was lost.</source>
        <translation>Die Verbindung ging verloren.</translation>
    </message>
    <message>
        <source>The message is too long for the server.</source>
        <translation>Die Nachricht ist zu lang für den Server.</translation>
    </message>
    <message>
        <source>The server is going down.</source>
        <translation>Der Server wird beendet.</translation>
    </message>
</context>
<context>
    <name>runnel::ChatSession</name>
    <message>
        <source>Explain quantum computing in simple terms</source>
        <translation>Erkläre Quantencomputer in einfachen Worten</translation>
    </message>
    <message>
        <source>Write a haiku about a small stream</source>
        <translation>Schreibe ein Haiku über einen kleinen Bach</translation>
    </message>
    <message>
        <source>Compare TCP and UDP in a table</source>
        <translation>Vergleiche TCP und UDP in einer Tabelle</translation>
    </message>
    <message>
        <source>Show me a C++ program that reads a file line by line</source>
        <translation>Zeige mir ein C++-Programm, das eine Datei zeilenweise liest</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindung wird aufgebaut</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Reconnecting in %1 s</source>
        <translation>Neuer Versuch in %1 s</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>Verbindung wird erneuert</translation>
    </message>
    <message>
        <source>Trying again in %1 s.</source>
        <translation>Nächster Versuch in %1 s.</translation>
    </message>
    <message>
        <source>Trying again now.</source>
        <translation>Neuer Versuch läuft.</translation>
    </message>
    <message>
        <source>The server cannot be reached.</source>
        <translation>Der Server ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>What you send waits until then.</source>
        <translation>Was Sie senden, wartet bis dahin.</translation>
    </message>
    <message>
        <source>Not connected: the answer cannot be stopped now.</source>
        <translation>Keine Verbindung: Die Antwort lässt sich jetzt nicht anhalten.</translation>
    </message>
    <message>
        <source>Not connected: the other version cannot be shown now.</source>
        <translation>Keine Verbindung: Die andere Fassung lässt sich jetzt nicht zeigen.</translation>
    </message>
    <message>
        <source>Not connected: the tool call cannot be answered now.</source>
        <translation>Keine Verbindung: Der Werkzeugaufruf lässt sich jetzt nicht beantworten.</translation>
    </message>
    <message>
        <source>Version %1 of %2.</source>
        <translation>Fassung %1 von %2.</translation>
    </message>
    <message>
        <source>The message that was looked for is no longer there.</source>
        <translation>Die gesuchte Nachricht ist nicht mehr da.</translation>
    </message>
    <message>
        <source>The connection was lost. Reconnecting.</source>
        <translation>Die Verbindung ging verloren und wird erneuert.</translation>
    </message>
    <message>
        <source>Connected again.</source>
        <translation>Wieder verbunden.</translation>
    </message>
    <message>
        <source>Offline.</source>
        <translation>Offline.</translation>
    </message>
    <message>
        <source>This conversation is not kept on this computer. It is shown once the server is reached.</source>
        <translation>Diese Unterhaltung wird auf diesem Computer nicht aufbewahrt. Sie wird gezeigt, sobald der Server erreicht ist.</translation>
    </message>
</context>
<context>
    <name>runnel::ConnectionProblem</name>
    <message>
        <source>no name at all</source>
        <translation>gar keinen Namen</translation>
    </message>
    <message>
        <source>This computer&apos;s clock says %1, so no certificate can be checked. Set the clock.</source>
        <translation>Die Uhr dieses Rechners zeigt %1, damit lässt sich kein Zertifikat prüfen. Stellen Sie die Uhr.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate was valid until %1, and this computer&apos;s clock says %2. If the clock is right, whoever runs the server has to renew the certificate.</source>
        <translation>Das Zertifikat des Servers galt bis %1, und die Uhr dieses Rechners zeigt %2. Wenn die Uhr stimmt, muss der Betreiber des Servers das Zertifikat erneuern.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is valid only from %1, and this computer&apos;s clock says %2. If the clock is wrong, set it.</source>
        <translation>Das Zertifikat des Servers gilt erst ab %1, und die Uhr dieses Rechners zeigt %2. Wenn die Uhr falsch geht, stellen Sie sie.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is for %1, not for %2. Use the name on the certificate as the address, or ask whoever runs the server for one with this name. If you expected it to fit, somebody may be in between.</source>
        <translation>Das Zertifikat des Servers ist für %1 ausgestellt, nicht für %2. Nehmen Sie den Namen auf dem Zertifikat als Adresse, oder bitten Sie den Betreiber des Servers um eines mit diesem Namen. Wenn es passen müsste, ist vielleicht jemand dazwischen.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is signed by itself or by an authority of its own, which this computer does not know. If it is your server, add that certificate to this computer&apos;s trusted ones.</source>
        <translation>Das Zertifikat des Servers ist von ihm selbst oder von einer eigenen Stelle unterschrieben, die dieser Rechner nicht kennt. Wenn es Ihr Server ist, nehmen Sie das Zertifikat auf diesem Rechner unter die vertrauenswürdigen auf.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate was issued by %1, which this computer does not know. Either the server does not send the certificates in between, which whoever runs it can mend, or the authority is to be added to this computer&apos;s trusted ones.</source>
        <translation>Das Zertifikat des Servers wurde ausgestellt von: %1. Diese Stelle kennt dieser Rechner nicht. Entweder sendet der Server die Zwischenzertifikate nicht, was sein Betreiber beheben kann, oder die Stelle muss auf diesem Rechner unter die vertrauenswürdigen aufgenommen werden.</translation>
    </message>
    <message>
        <source>somebody without a name</source>
        <translation>jemand ohne Namen</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not accepted: %1. Ask whoever runs the server.</source>
        <translation>Das Zertifikat des Servers wird nicht angenommen: %1. Fragen Sie den Betreiber des Servers.</translation>
    </message>
    <message>
        <source>What answers at the server&apos;s address does not speak TLS. If the server has none, its address begins with http: %1; what is said there can be read on the way.</source>
        <translation>Was unter der Adresse des Servers antwortet, spricht kein TLS. Wenn der Server keines hat, beginnt seine Adresse mit http: %1; was dort gesagt wird, kann unterwegs gelesen werden.</translation>
    </message>
    <message>
        <source>The server ended the connection before it was safe. Try again later, or ask whoever runs the server.</source>
        <translation>Der Server hat die Verbindung beendet, bevor sie sicher war. Versuchen Sie es später wieder, oder fragen Sie den Betreiber des Servers.</translation>
    </message>
    <message>
        <source>The server ended the connection without an answer. If it expects TLS, its address begins with https: %1.</source>
        <translation>Der Server hat die Verbindung ohne Antwort beendet. Wenn er TLS erwartet, beginnt seine Adresse mit https: %1.</translation>
    </message>
    <message>
        <source>No safe connection to the server came about: %1. Ask whoever runs the server.</source>
        <translation>Es kam keine sichere Verbindung zum Server zustande: %1. Fragen Sie den Betreiber des Servers.</translation>
    </message>
    <message>
        <source>The server is busy.</source>
        <translation>Der Server ist beschäftigt.</translation>
    </message>
    <message>
        <source>The server asks to sign in.</source>
        <translation>Der Server verlangt eine Anmeldung.</translation>
    </message>
    <message>
        <source>The server refused the connection (400). If it expects TLS, its address begins with https: %1.</source>
        <translation>Der Server hat die Verbindung abgelehnt (400). Wenn er TLS erwartet, beginnt seine Adresse mit https: %1.</translation>
    </message>
    <message>
        <source>The server refused the connection (%1).</source>
        <translation>Der Server hat die Verbindung abgelehnt (%1).</translation>
    </message>
    <message>
        <source>The server&apos;s name is not known.</source>
        <translation>Der Name des Servers ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Nothing answers at the server&apos;s address.</source>
        <translation>Unter der Adresse des Servers antwortet nichts.</translation>
    </message>
    <message>
        <source>The server does not answer.</source>
        <translation>Der Server antwortet nicht.</translation>
    </message>
    <message>
        <source>The server cannot be reached: %1.</source>
        <translation>Der Server ist nicht erreichbar: %1.</translation>
    </message>
    <message>
        <source>There is no Runnel server at this address (404).</source>
        <translation>Unter dieser Adresse gibt es keinen Runnel-Server (404).</translation>
    </message>
    <message>
        <source>The server cannot be reached. Is its name right, and is there a network?</source>
        <translation>Der Server ist nicht erreichbar. Stimmt sein Name, und gibt es ein Netz?</translation>
    </message>
</context>
<context>
    <name>runnel::ConversationListModel</name>
    <message>
        <source>Nothing found for “%1”.</source>
        <translation>Nichts gefunden zu „%1“.</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>Conversations appear here.</source>
        <translation>Hier erscheinen Unterhaltungen.</translation>
    </message>
    <message>
        <source>There is more, but it could not be loaded.</source>
        <translation>Es gibt mehr, aber das ließ sich nicht laden.</translation>
    </message>
    <message>
        <source>The search failed.</source>
        <translation>Die Suche ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>The list could not be loaded.</source>
        <translation>Die Liste ließ sich nicht laden.</translation>
    </message>
    <message>
        <source>The list could not be updated.</source>
        <translation>Die Liste ließ sich nicht auffrischen.</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>This is the list as of %1.</source>
        <translation>Das ist die Liste mit Stand %1.</translation>
    </message>
</context>
<context>
    <name>runnel::ConversationsClient</name>
    <message>
        <source>The server gave an answer that cannot be read.</source>
        <translation>Der Server gab eine Antwort, die sich nicht lesen lässt.</translation>
    </message>
    <message>
        <source>The server answered with the status %1.</source>
        <translation>Der Server antwortete mit dem Status %1.</translation>
    </message>
    <message>
        <source>The server does not answer.</source>
        <translation>Der Server antwortet nicht.</translation>
    </message>
</context>
<context>
    <name>runnel::DeepLink</name>
    <message>
        <source>The link has &quot;%1&quot;, which this program does not know.</source>
        <translation>Der Link enthält „%1“, was dieses Programm nicht kennt.</translation>
    </message>
    <message>
        <source>The link has &quot;%1&quot; twice.</source>
        <translation>Der Link enthält „%1“ zweimal.</translation>
    </message>
    <message>
        <source>The link&apos;s conversation is &quot;%1&quot;; it may be 1 to 64 characters of A-Z a-z 0-9 _ -.</source>
        <translation>Die Unterhaltung des Links ist „%1“; möglich sind 1 bis 64 Zeichen aus A-Z a-z 0-9 _ -.</translation>
    </message>
    <message>
        <source>The link&apos;s text is empty.</source>
        <translation>Der Text des Links ist leer.</translation>
    </message>
    <message>
        <source>The link&apos;s text has characters that cannot be seen.</source>
        <translation>Der Text des Links enthält unsichtbare Zeichen.</translation>
    </message>
    <message>
        <source>The link is longer than %1 characters.</source>
        <translation>Der Link ist länger als %1 Zeichen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no link to Runnel; one looks like runnel://chat.example.org/?c=ID.</source>
        <translation>„%1“ ist kein Link zu Runnel; einer sieht so aus: runnel://chat.example.org/?c=ID.</translation>
    </message>
    <message>
        <source>A link has no user, no password and no #.</source>
        <translation>Ein Link hat keinen Benutzer, kein Passwort und kein #.</translation>
    </message>
    <message>
        <source>The link names no server; one that does looks like runnel://chat.example.org/?c=ID.</source>
        <translation>Der Link nennt keinen Server; mit einem sieht er so aus: runnel://chat.example.org/?c=ID.</translation>
    </message>
    <message>
        <source>The link&apos;s port is 0; it may be 1 to 65535.</source>
        <translation>Der Port des Links ist 0; möglich sind 1 bis 65535.</translation>
    </message>
</context>
<context>
    <name>runnel::DesktopNotifications</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>runnel::FirstServer</name>
    <message>
        <source>Write the server&apos;s address.</source>
        <translation>Schreiben Sie die Adresse des Servers.</translation>
    </message>
    <message>
        <source>The address is longer than %1 characters.</source>
        <translation>Die Adresse ist länger als %1 Zeichen.</translation>
    </message>
    <message>
        <source>“%1” is no address of a server; one looks like https://chat.example.org or http://127.0.0.1:8000.</source>
        <translation>„%1“ ist keine Adresse eines Servers; eine sieht aus wie https://chat.example.org oder http://127.0.0.1:8000.</translation>
    </message>
    <message>
        <source>The address has a name or password before the @. Leave it out.</source>
        <translation>Die Adresse hat einen Namen oder ein Passwort vor dem @. Lassen Sie das weg.</translation>
    </message>
</context>
<context>
    <name>runnel::LinkGuard</name>
    <message>
        <source>The link was not opened: it has more than %1 characters.</source>
        <translation>Der Link wurde nicht geöffnet: Er hat mehr als %1 Zeichen.</translation>
    </message>
    <message>
        <source>The link was not opened: it is no address of the web or of mail.</source>
        <translation>Der Link wurde nicht geöffnet: Er ist keine Adresse im Web und keine E-Mail-Adresse.</translation>
    </message>
    <message>
        <source>The address was copied.</source>
        <translation>Die Adresse wurde kopiert.</translation>
    </message>
    <message>
        <source>No program of this computer opened %1.</source>
        <translation>Kein Programm dieses Computers hat %1 geöffnet.</translation>
    </message>
</context>
<context>
    <name>runnel::OfflineStore</name>
    <message>
        <source>Conversations are not kept on this computer just now. %1</source>
        <translation>Unterhaltungen werden auf diesem Computer gerade nicht aufbewahrt. %1</translation>
    </message>
    <message>
        <source>Deleted from this computer. Nothing is kept here until Runnel starts again.</source>
        <translation>Von diesem Computer gelöscht. Bis Runnel neu startet, wird hier nichts aufbewahrt.</translation>
    </message>
</context>
<context>
    <name>runnel::ServerListModel</name>
    <message>
        <source>There are %1 servers already. Remove one before you add another.</source>
        <translation>Es sind schon %1 Server. Entfernen Sie einen, bevor Sie einen weiteren hinzufügen.</translation>
    </message>
    <message>
        <source>The name is longer than %1 characters.</source>
        <translation>Der Name ist länger als %1 Zeichen.</translation>
    </message>
    <message>
        <source>This server is no longer in the list.</source>
        <translation>Dieser Server ist nicht mehr in der Liste.</translation>
    </message>
    <message>
        <source>A server needs a name.</source>
        <translation>Ein Server braucht einen Namen.</translation>
    </message>
    <message>
        <source>There is no such place in the list.</source>
        <translation>Diese Stelle gibt es in der Liste nicht.</translation>
    </message>
    <message>
        <source>The list of servers may not be read: %1. It starts empty.</source>
        <translation>Die Liste der Server darf nicht gelesen werden: %1. Sie beginnt leer.</translation>
    </message>
    <message>
        <source>The list of servers was damaged and starts empty.</source>
        <translation>Die Liste der Server war beschädigt und beginnt leer.</translation>
    </message>
    <message>
        <source>%1 What there was is kept in %2.</source>
        <translation>%1 Was da war, ist in %2 aufgehoben.</translation>
    </message>
    <message>
        <source>%1 It could not be put aside: %2 will be written over.</source>
        <translation>%1 Sie ließ sich nicht beiseitelegen: %2 wird überschrieben.</translation>
    </message>
    <message>
        <source>The list of servers could not be stored in %1; what you changed lasts until this window closes.</source>
        <translation>Die Liste der Server ließ sich nicht in %1 speichern; Ihre Änderungen gelten, bis dieses Fenster geschlossen wird.</translation>
    </message>
    <message>
        <source>The address is longer than %1 characters.</source>
        <translation>Die Adresse ist länger als %1 Zeichen.</translation>
    </message>
    <message>
        <source>The address has a name or password before the @. Leave it out: the list is stored as plain text.</source>
        <translation>Die Adresse hat vor dem @ einen Namen oder ein Passwort. Lassen Sie das weg: Die Liste wird unverschlüsselt gespeichert.</translation>
    </message>
    <message>
        <source>This server is in the list already, as &quot;%1&quot;.</source>
        <translation>Dieser Server ist schon in der Liste, als „%1“.</translation>
    </message>
</context>
<context>
    <name>runnel::SourceListModel</name>
    <message>
        <source>No title</source>
        <translation>Ohne Titel</translation>
    </message>
</context>
<context>
    <name>runnel::StoreOpening</name>
    <message>
        <source>Conversations are not kept on this computer: the keychain with their key is locked.</source>
        <translation>Unterhaltungen werden auf diesem Computer nicht aufbewahrt: Der Schlüsselbund mit ihrem Schlüssel ist gesperrt.</translation>
    </message>
</context>
<context>
    <name>runnel::TokenStore</name>
    <message>
        <source>Until this window closes you stay signed in; after that you sign in again.</source>
        <translation>Bis dieses Fenster geschlossen wird, bleiben Sie angemeldet; danach melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>This computer has no keychain to keep secrets in (such as GNOME Keyring or KWallet). %1</source>
        <translation>Dieser Rechner hat keinen Schlüsselbund für Geheimnisse (etwa GNOME-Schlüsselbund oder KWallet). %1</translation>
    </message>
    <message>
        <source>The keychain is locked, or it was not allowed to be used. Unlock it to stay signed in. %1</source>
        <translation>Der Schlüsselbund ist gesperrt, oder seine Benutzung wurde nicht erlaubt. Entsperren Sie ihn, um angemeldet zu bleiben. %1</translation>
    </message>
    <message>
        <source>The keychain does not answer; perhaps it waits for its password. %1</source>
        <translation>Der Schlüsselbund antwortet nicht; vielleicht wartet er auf sein Passwort. %1</translation>
    </message>
    <message>
        <source>The keychain cannot be used: none runs, or it is locked. %1</source>
        <translation>Der Schlüsselbund ist nicht benutzbar: Es läuft keiner, oder er ist gesperrt. %1</translation>
    </message>
</context>
<context>
    <name>runnel::ToolListModel</name>
    <message>
        <source>Waiting for approval</source>
        <translation>Wartet auf Erlaubnis</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Not finished</source>
        <translation>Nicht beendet</translation>
    </message>
</context>
<context>
    <name>runnel::Workspace</name>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
    <message>
        <source>The title was not changed.</source>
        <translation>Der Titel wurde nicht geändert.</translation>
    </message>
    <message>
        <source>It was not pinned.</source>
        <translation>Die Unterhaltung wurde nicht angeheftet.</translation>
    </message>
    <message>
        <source>It is still pinned.</source>
        <translation>Die Unterhaltung ist noch angeheftet.</translation>
    </message>
    <message>
        <source>Pinned.</source>
        <translation>Angeheftet.</translation>
    </message>
    <message>
        <source>No longer pinned.</source>
        <translation>Nicht mehr angeheftet.</translation>
    </message>
    <message>
        <source>Deleted.</source>
        <translation>Gelöscht.</translation>
    </message>
    <message>
        <source>It was not deleted.</source>
        <translation>Die Unterhaltung wurde nicht gelöscht.</translation>
    </message>
    <message>
        <source>It is too late to bring it back.</source>
        <translation>Zum Zurückholen ist es zu spät.</translation>
    </message>
    <message>
        <source>It was not brought back.</source>
        <translation>Die Unterhaltung wurde nicht zurückgeholt.</translation>
    </message>
    <message>
        <source>Brought back.</source>
        <translation>Zurückgeholt.</translation>
    </message>
    <message>
        <source>Control+Z brings it back.</source>
        <translation>Strg+Z holt sie zurück.</translation>
    </message>
    <message>
        <source>It was not exported.</source>
        <translation>Die Unterhaltung wurde nicht exportiert.</translation>
    </message>
    <message>
        <source>Exported to %1.</source>
        <translation>Exportiert nach %1.</translation>
    </message>
    <message>
        <source>It was not exported to %1: %2.</source>
        <translation>Die Unterhaltung wurde nicht nach %1 exportiert: %2.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were left out: %1 can be imported at once.</source>
        <translation>
            <numerusform>%n Datei wurde ausgelassen: Auf einmal lassen sich %1 importieren.</numerusform>
            <numerusform>%n Dateien wurden ausgelassen: Auf einmal lassen sich %1 importieren.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” was not imported: %2</source>
        <translation>„%1“ wurde nicht importiert: %2</translation>
    </message>
    <message>
        <source>It has more than %1 MB.</source>
        <translation>Die Datei hat mehr als %1 MB.</translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s) imported.</source>
        <translation>
            <numerusform>%n Unterhaltung importiert.</numerusform>
            <numerusform>%n Unterhaltungen importiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is larger than this server takes.</source>
        <translation>Die Datei ist größer, als dieser Server annimmt.</translation>
    </message>
    <message>
        <source>It is no conversation that Runnel exported, or it was changed since. Choose a file that “Export as JSON” made.</source>
        <translation>Die Datei ist keine Unterhaltung, die Runnel exportiert hat, oder sie wurde seitdem verändert. Wählen Sie eine Datei, die mit „Als JSON exportieren“ entstanden ist.</translation>
    </message>
</context>
<context>
    <name>runnel::endpoint</name>
    <message>
        <source>The server is &quot;%1&quot;; it may be an address such as http://127.0.0.1:8000 or wss://chat.example.org.</source>
        <translation>Der Server ist „%1“; möglich ist eine Adresse wie http://127.0.0.1:8000 oder wss://chat.example.org.</translation>
    </message>
</context>
<context>
    <name>runnel::hostwords</name>
    <message>
        <source>This name is written “%1”.</source>
        <translation>Dieser Name wird „%1“ geschrieben.</translation>
    </message>
</context>
<context>
    <name>runnel::opening</name>
    <message>
        <source>There is no agent “%1” here.</source>
        <translation>Hier gibt es keinen Agenten „%1“.</translation>
    </message>
    <message>
        <source>Another link was not followed: answer the first one&apos;s question.</source>
        <translation>Einem weiteren Link wurde nicht gefolgt: Beantworten Sie die Frage des ersten.</translation>
    </message>
</context>
<context>
    <name>runnel::words</name>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>Älter</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>The model</source>
        <translation>Das Modell</translation>
    </message>
    <message>
        <source>less than %1</source>
        <translation>weniger als %1</translation>
    </message>
    <message>
        <source>$%1</source>
        <extracomment>US dollars, as money is written: $0.0021</extracomment>
        <translation>%1&#xa0;$</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>d MMM</source>
        <extracomment>A day as QDate::toString() writes it: 23 Nov</extracomment>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>A day and a time: 23 Nov, 14:03</extracomment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln tokens</source>
        <translation>
            <numerusform>%Ln Token</numerusform>
            <numerusform>%Ln Token</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>The answer was interrupted.</source>
        <translation>Die Antwort wurde unterbrochen.</translation>
    </message>
    <message>
        <source>The answer reached its length limit.</source>
        <translation>Die Antwort hat ihre größte Länge erreicht.</translation>
    </message>
    <message>
        <source>The model&apos;s safety filter ended the answer.</source>
        <translation>Der Sicherheitsfilter des Modells hat die Antwort beendet.</translation>
    </message>
    <message>
        <source>The model is busy. Asking again.</source>
        <translation>Das Modell ist ausgelastet und wird noch einmal gefragt.</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Denkt nach</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>Gedanken</translation>
    </message>
    <message>
        <source>Thought for %1 s</source>
        <translation>%1 s nachgedacht</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>Werkzeug</translation>
    </message>
    <message>
        <source>%1 wants to use this tool.</source>
        <translation>%1 möchte dieses Werkzeug benutzen.</translation>
    </message>
    <message>
        <source>%1 wants to use the tool %2. Allow?</source>
        <translation>%1 möchte das Werkzeug %2 benutzen. Erlauben?</translation>
    </message>
    <message>
        <source>Only the first %1 characters are shown.</source>
        <translation>Nur die ersten %1 Zeichen werden gezeigt.</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>Your edit will be sent when the connection is back</source>
        <translation>Ihre Änderung wird gesendet, sobald die Verbindung wieder da ist</translation>
    </message>
    <message>
        <source>Will be sent when the connection is back</source>
        <translation>Wird gesendet, sobald die Verbindung wieder da ist</translation>
    </message>
    <message>
        <source>Your edit waits for its turn</source>
        <translation>Ihre Änderung wartet, bis sie an der Reihe ist</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>Wartet, bis sie an der Reihe ist</translation>
    </message>
    <message>
        <source>Sending your edit</source>
        <translation>Ihre Änderung wird gesendet</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Wird gesendet</translation>
    </message>
    <message>
        <source>Another answer will be asked for when the connection is back</source>
        <translation>Eine andere Antwort wird verlangt, sobald die Verbindung wieder da ist</translation>
    </message>
    <message>
        <source>The answer will go on when the connection is back</source>
        <translation>Die Antwort geht weiter, sobald die Verbindung wieder da ist</translation>
    </message>
    <message>
        <source>Another answer waits for its turn</source>
        <translation>Eine andere Antwort wartet, bis sie an der Reihe ist</translation>
    </message>
    <message>
        <source>Waiting for its turn to go on</source>
        <translation>Geht weiter, sobald sie an der Reihe ist</translation>
    </message>
    <message>
        <source>Asking for another answer</source>
        <translation>Eine andere Antwort wird verlangt</translation>
    </message>
    <message>
        <source>Asking the model to go on</source>
        <translation>Das Modell wird gebeten fortzufahren</translation>
    </message>
    <message>
        <source>The message is too long: at most %1 are taken. Shorten it and send it again.</source>
        <translation>Die Nachricht ist zu lang: Höchstens %1 sind möglich. Kürzen Sie sie, und senden Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>Many messages wait already. Wait for an answer, then send it again.</source>
        <translation>Es warten schon viele Nachrichten. Warten Sie eine Antwort ab, und senden Sie dann noch einmal.</translation>
    </message>
</context>
</TS>
