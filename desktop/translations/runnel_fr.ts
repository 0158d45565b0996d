<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AgentButton</name>
    <message>
        <source>Agent: %1</source>
        <translation>Agent&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>AgentMenu</name>
    <message>
        <source>Agents</source>
        <translation>Agents</translation>
    </message>
</context>
<context>
    <name>Answer</name>
    <message>
        <source>Agents: %1</source>
        <translation>Agents&#xa0;: %1</translation>
    </message>
    <message>
        <source>%1 is answering</source>
        <translation>%1 répond</translation>
    </message>
</context>
<context>
    <name>AnswerActions</name>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>Copier la réponse</translation>
    </message>
    <message>
        <source>Regenerate answer</source>
        <translation>Régénérer la réponse</translation>
    </message>
</context>
<context>
    <name>AnswerEnd</name>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
</context>
<context>
    <name>AnswerHead</name>
    <message>
        <source>Answer of %1, %2</source>
        <translation>Réponse de %1, %2</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Hide this notice</source>
        <translation>Masquer cet avis</translation>
    </message>
</context>
<context>
    <name>Bubble</name>
    <message>
        <source>You, not answered yet: %1</source>
        <translation>Vous, sans réponse pour le moment&#xa0;: %1</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>Vous&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
    <message>
        <source>The server no longer has this conversation: it was restarted or needed the room.</source>
        <translation>Le serveur n’a plus cette conversation&#xa0;: il a redémarré ou a dû libérer de la place.</translation>
    </message>
    <message>
        <source>Built-in demo model. Set GOOGLE_API_KEY on the server to talk to Gemini.</source>
        <translation>Modèle de démonstration intégré. Définissez GOOGLE_API_KEY sur le serveur pour parler à Gemini.</translation>
    </message>
    <message>
        <source>This conversation is not on the server: it was deleted, or the link belongs to another server. What you write here begins a new one.</source>
        <translation>Cette conversation n’est pas sur le serveur&#xa0;: elle a été supprimée, ou le lien appartient à un autre serveur. Ce que vous écrivez ici en commence une nouvelle.</translation>
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
        <translation>Code en %1</translation>
    </message>
    <message>
        <source>code</source>
        <translation>code</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>Renvoyer les longues lignes à la ligne</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>Copier le code</translation>
    </message>
</context>
<context>
    <name>CommandHint</name>
    <message>
        <source>Copy “%1”</source>
        <translation>Copier «&#xa0;%1&#xa0;»</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Write a message</source>
        <translation>Écrivez un message</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>Escape stops the answer</source>
        <translation>Échap arrête la réponse</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line</source>
        <translation>Entrée envoie, Maj+Entrée passe à la ligne</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
</context>
<context>
    <name>ConnectionBadge</name>
    <message>
        <source>Connection: %1</source>
        <translation>Connexion&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>Conversation</source>
        <translation>Conversation</translation>
    </message>
</context>
<context>
    <name>ConversationRow</name>
    <message>
        <source>being answered</source>
        <translation>réponse en cours</translation>
    </message>
    <message>
        <source>a new answer</source>
        <translation>nouvelle réponse</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>pas encore envoyé</translation>
    </message>
    <message>
        <source>More for “%1”</source>
        <translation>Plus d’actions pour «&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
</context>
<context>
    <name>EditMenu</name>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Couper</translation>
    </message>
    <message>
        <source>Ctrl+X</source>
        <translation>Ctrl+X</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation>Ctrl+C</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Coller</translation>
    </message>
    <message>
        <source>Ctrl+V</source>
        <translation>Ctrl+V</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Tout sélectionner</translation>
    </message>
    <message>
        <source>Ctrl+A</source>
        <translation>Ctrl+A</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>What would you like to know?</source>
        <translation>Que voulez-vous savoir&#x202f;?</translation>
    </message>
</context>
<context>
    <name>ErrorCard</name>
    <message>
        <source>Discard</source>
        <translation>Abandonner</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export the conversation</source>
        <translation>Exporter la conversation</translation>
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
        <translation>Bienvenue dans Runnel</translation>
    </message>
    <message>
        <source>Talk to AI models through a server that you or somebody you know runs: conversations stay there.</source>
        <translation>Parlez à des modèles d’IA par un serveur que vous ou une personne de confiance faites tourner&#xa0;: les conversations y restent.</translation>
    </message>
    <message>
        <source>Use the server on this computer</source>
        <translation>Utiliser le serveur de cet ordinateur</translation>
    </message>
    <message>
        <source>Or another server&apos;s address</source>
        <translation>Ou l’adresse d’un autre serveur</translation>
    </message>
    <message>
        <source>The server&apos;s address</source>
        <translation>Adresse du serveur</translation>
    </message>
    <message>
        <source>https://chat.example.org</source>
        <translation>https://chat.example.org</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Connecting to %1 …</source>
        <translation>Connexion à %1&#xa0;…</translation>
    </message>
    <message>
        <source>No server yet? Among Runnel&apos;s sources this starts one:</source>
        <translation>Pas encore de serveur&#x202f;? Dans les sources de Runnel, ceci en démarre un&#xa0;:</translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>Conversations</source>
        <translation>Conversations</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Nouvelle discussion</translation>
    </message>
    <message>
        <source>Theme: as the system</source>
        <translation>Thème&#xa0;: celui du système</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>Thème&#xa0;: sombre</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>Thème&#xa0;: clair</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import conversations</source>
        <translation>Importer des conversations</translation>
    </message>
    <message>
        <source>Exported conversations (*.json)</source>
        <translation>Conversations exportées (*.json)</translation>
    </message>
</context>
<context>
    <name>JumpButton</name>
    <message>
        <source>Go to the newest message, there is something new</source>
        <translation>Aller au dernier message, il y a du nouveau</translation>
    </message>
    <message>
        <source>Go to the newest message</source>
        <translation>Aller au dernier message</translation>
    </message>
</context>
<context>
    <name>LinkSheet</name>
    <message>
        <source>Write a mail?</source>
        <translation>Écrire un e-mail&#x202f;?</translation>
    </message>
    <message>
        <source>Open this link?</source>
        <translation>Ouvrir ce lien&#x202f;?</translation>
    </message>
    <message>
        <source>Always open links to %1</source>
        <translation>Toujours ouvrir les liens vers %1</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Écrire</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Copier l’adresse</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Undo</source>
        <translation>Annuler la suppression</translation>
    </message>
    <message>
        <source>Text size: %1 %.</source>
        <translation>Taille du texte&#xa0;: %1&#xa0;%.</translation>
    </message>
    <message>
        <source>The conversations are shown.</source>
        <translation>Les conversations sont affichées.</translation>
    </message>
    <message>
        <source>The conversations are hidden.</source>
        <translation>Les conversations sont masquées.</translation>
    </message>
</context>
<context>
    <name>MenuQuestion</name>
    <message>
        <source>Keep it</source>
        <translation>Garder</translation>
    </message>
</context>
<context>
    <name>MessageEditor</name>
    <message>
        <source>Edit your message</source>
        <translation>Modifier votre message</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
</context>
<context>
    <name>MessageMenu</name>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>Copier la réponse</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>Copier le message</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Copier le lien</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Tout sélectionner</translation>
    </message>
</context>
<context>
    <name>PlatformTrayIcon</name>
    <message>
        <source>Runnel: %1 new</source>
        <translation>Runnel&#xa0;: nouveau (%1)</translation>
    </message>
    <message>
        <source>Show Runnel</source>
        <translation>Afficher Runnel</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Nouvelle discussion</translation>
    </message>
    <message>
        <source>Quick question</source>
        <translation>Question rapide</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
</context>
<context>
    <name>QuickPage</name>
    <message>
        <source>Escape closes this window</source>
        <translation>Échap ferme cette fenêtre</translation>
    </message>
    <message>
        <source>Open in Runnel</source>
        <translation>Ouvrir dans Runnel</translation>
    </message>
</context>
<context>
    <name>QuickWindow</name>
    <message>
        <source>Quick question – Runnel</source>
        <translation>Question rapide – Runnel</translation>
    </message>
</context>
<context>
    <name>RowMenu</name>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Désépingler</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Épingler</translation>
    </message>
    <message>
        <source>Export as Markdown</source>
        <translation>Exporter en Markdown</translation>
    </message>
    <message>
        <source>Export as JSON</source>
        <translation>Exporter en JSON</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Del</source>
        <comment>the key</comment>
        <translation>Suppr</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Conversation</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Search all conversations</source>
        <translation>Rechercher dans toutes les conversations</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Ctrl+F</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Effacer la recherche</translation>
    </message>
</context>
<context>
    <name>ServerButton</name>
    <message>
        <source>Server: %1</source>
        <translation>Serveur&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>ServerMenu</name>
    <message>
        <source>Servers</source>
        <translation>Serveurs</translation>
    </message>
    <message>
        <source>Add a server</source>
        <translation>Ajouter un serveur</translation>
    </message>
    <message>
        <source>Delete what is kept here</source>
        <translation>Supprimer ce qui est gardé ici</translation>
    </message>
    <message>
        <source>Deletes what this computer keeps of all servers&apos; conversations, drafts and unsent messages too. The servers keep theirs.</source>
        <translation>Supprime ce que cet ordinateur garde des conversations de tous les serveurs, brouillons et messages non envoyés compris. Les serveurs gardent les leurs.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Take “%1” out of the list? What this computer keeps of it goes too: conversations, drafts and unsent messages. The server keeps its own.</source>
        <translation>Retirer «&#xa0;%1&#xa0;» de la liste&#x202f;? Ce que cet ordinateur en garde part aussi&#xa0;: conversations, brouillons et messages non envoyés. Le serveur garde les siens.</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Retirer</translation>
    </message>
</context>
<context>
    <name>ServerQuestionSheet</name>
    <message>
        <source>Connect to this server?</source>
        <translation>Se connecter à ce serveur&#x202f;?</translation>
    </message>
    <message>
        <source>A link asked for it. It is not in your list of servers, and what you write there can be read by whoever runs it.</source>
        <translation>Un lien le demande. Ce serveur n’est pas dans votre liste, et ce que vous y écrivez peut être lu par qui le fait tourner.</translation>
    </message>
    <message>
        <source>The link brings a text with it, which is not sent before you do.</source>
        <translation>Le lien apporte un texte, qui n’est pas envoyé tant que vous ne l’envoyez pas.</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>ServerRow</name>
    <message>
        <source>%1, not encrypted</source>
        <translation>%1, non chiffré</translation>
    </message>
    <message>
        <source>Rename “%1”</source>
        <translation>Renommer «&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>Take “%1” out of the list</source>
        <translation>Retirer «&#xa0;%1&#xa0;» de la liste</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
</context>
<context>
    <name>ServerSheet</name>
    <message>
        <source>Add a server</source>
        <translation>Ajouter un serveur</translation>
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
        <translation>Un nom de votre choix</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
</context>
<context>
    <name>SettingsSheet</name>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Appearance and language</source>
        <translation>Apparence et langue</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>As the system</source>
        <comment>theme</comment>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Contraste</translation>
    </message>
    <message>
        <source>As the system</source>
        <comment>contrast</comment>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Élevé</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Taille du texte</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>from the next start on</source>
        <translation>à partir du prochain démarrage</translation>
    </message>
    <message>
        <source>As the system</source>
        <comment>language</comment>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>While you look at something else</source>
        <translation>Pendant que vous regardez autre chose</translation>
    </message>
    <message>
        <source>Notify me when a long answer has ended, or a tool waits for me</source>
        <translation>M’avertir quand une longue réponse est terminée ou qu’un outil m’attend</translation>
    </message>
    <message>
        <source>Show the answer&apos;s first line, also where others may read it, as on a locked screen</source>
        <translation>Montrer la première ligne de la réponse, même là où d’autres peuvent la lire, comme sur un écran verrouillé</translation>
    </message>
    <message>
        <source>Keep Runnel in the tray when its window is closed</source>
        <translation>Garder Runnel dans la zone de notification quand sa fenêtre est fermée</translation>
    </message>
    <message>
        <source>This desktop has no tray: closing the window quits.</source>
        <translation>Ce bureau n’a pas de zone de notification&#xa0;: fermer la fenêtre quitte Runnel.</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Liens</translation>
    </message>
    <message>
        <source>Every link of an answer asks before it is opened.</source>
        <translation>Chaque lien d’une réponse demande avant d’être ouvert.</translation>
    </message>
    <message>
        <source>Sites whose links are opened without a question: %1</source>
        <translation>Sites dont les liens sont ouverts sans question&#xa0;: %1</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Demander à nouveau</translation>
    </message>
    <message>
        <source>About Runnel</source>
        <translation>À propos de Runnel</translation>
    </message>
    <message>
        <source>Runnel %1, free software under the MIT licence.</source>
        <translation>Runnel %1, logiciel libre sous licence MIT.</translation>
    </message>
    <message>
        <source>Server&apos;s API</source>
        <translation>API du serveur</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard</source>
        <translation>Clavier</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>Envoyer le message</translation>
    </message>
    <message>
        <source>Shift+Enter</source>
        <translation>Maj+Entrée</translation>
    </message>
    <message>
        <source>Start a new line</source>
        <translation>Passer à la ligne</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Arrêter la réponse</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Nouvelle discussion</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Ctrl+K</translation>
    </message>
    <message>
        <source>Go to a conversation</source>
        <translation>Aller à une conversation</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Ctrl+F</translation>
    </message>
    <message>
        <source>Search all conversations</source>
        <translation>Rechercher dans toutes les conversations</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Show or hide the conversations</source>
        <translation>Afficher ou masquer les conversations</translation>
    </message>
    <message>
        <source>F2, Del</source>
        <translation>F2, Suppr</translation>
    </message>
    <message>
        <source>Rename, delete the chosen conversation</source>
        <translation>Renommer, supprimer la conversation choisie</translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation>Ctrl+Z</translation>
    </message>
    <message>
        <source>Bring back what was deleted</source>
        <translation>Rétablir ce qui a été supprimé</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Ctrl+L</translation>
    </message>
    <message>
        <source>Go to the message field</source>
        <translation>Aller au champ de message</translation>
    </message>
    <message>
        <source>Ctrl+Plus, Ctrl+Minus, Ctrl+0</source>
        <translation>Ctrl+Plus, Ctrl+Moins, Ctrl+0</translation>
    </message>
    <message>
        <source>Larger, smaller, normal text</source>
        <translation>Texte plus grand, plus petit, normal</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>Cet aide-mémoire</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Ctrl+Comma</source>
        <translation>Ctrl+Virgule</translation>
    </message>
    <message>
        <source>Ctrl+Shift+N</source>
        <translation>Ctrl+Maj+N</translation>
    </message>
    <message>
        <source>Quick question, in a small window</source>
        <translation>Question rapide, dans une petite fenêtre</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>F11</source>
        <translation>F11</translation>
    </message>
    <message>
        <source>Full screen, and back</source>
        <translation>Plein écran, et retour</translation>
    </message>
</context>
<context>
    <name>SideBar</name>
    <message>
        <source>New chat</source>
        <translation>Nouvelle discussion</translation>
    </message>
    <message>
        <source>Import conversations</source>
        <translation>Importer des conversations</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Conversations</translation>
    </message>
</context>
<context>
    <name>SideBarNote</name>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>SourcesList</name>
    <message>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Moins</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln de plus</numerusform>
            <numerusform>%Ln de plus</numerusform>
        </translation>
    </message>
    <message>
        <source>Show fewer sources</source>
        <translation>Afficher moins de sources</translation>
    </message>
    <message>
        <source>Show all sources</source>
        <translation>Afficher toutes les sources</translation>
    </message>
    <message numerus="yes">
        <source>And %Ln that are not shown.</source>
        <translation>
            <numerusform>Et %Ln autre qui n’est pas affichée.</numerusform>
            <numerusform>Et %Ln autres qui ne sont pas affichées.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Switcher</name>
    <message>
        <source>Go to a conversation</source>
        <translation>Aller à une conversation</translation>
    </message>
    <message>
        <source>No conversation has that in its title.</source>
        <translation>Aucune conversation n’a cela dans son titre.</translation>
    </message>
</context>
<context>
    <name>ThoughtsFold</name>
    <message>
        <source>Hide thoughts</source>
        <translation>Masquer les réflexions</translation>
    </message>
    <message>
        <source>Show thoughts</source>
        <translation>Afficher les réflexions</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Hide this notice</source>
        <translation>Masquer cet avis</translation>
    </message>
</context>
<context>
    <name>ToolAsk</name>
    <message>
        <source>Allow</source>
        <translation>Autoriser</translation>
    </message>
    <message>
        <source>Allow the tool %1</source>
        <translation>Autoriser l’outil %1</translation>
    </message>
    <message>
        <source>Always allow</source>
        <translation>Toujours autoriser</translation>
    </message>
    <message>
        <source>Always allow the tool %1</source>
        <translation>Toujours autoriser l’outil %1</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Refuser</translation>
    </message>
    <message>
        <source>Deny the tool %1</source>
        <translation>Refuser l’outil %1</translation>
    </message>
</context>
<context>
    <name>ToolCard</name>
    <message>
        <source>Tool %1, %2</source>
        <translation>Outil %1, %2</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Erreur</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Sortie</translation>
    </message>
</context>
<context>
    <name>ToolHead</name>
    <message>
        <source>Hide details of %1</source>
        <translation>Masquer les détails de %1</translation>
    </message>
    <message>
        <source>Show details of %1</source>
        <translation>Afficher les détails de %1</translation>
    </message>
</context>
<context>
    <name>ToolText</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
</context>
<context>
    <name>UserMessage</name>
    <message>
        <source>Edit message</source>
        <translation>Modifier le message</translation>
    </message>
    <message>
        <source>Remove this message</source>
        <translation>Retirer ce message</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>Copier le message</translation>
    </message>
</context>
<context>
    <name>VersionSwitch</name>
    <message>
        <source>Version %1 of %2</source>
        <translation>Version %1 sur %2</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>Version précédente</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>Version suivante</translation>
    </message>
</context>
<context>
    <name>runnel::Attention</name>
    <message>
        <source>The answer could not be finished.</source>
        <translation>La réponse n’a pas pu être terminée.</translation>
    </message>
    <message>
        <source>The answer is there.</source>
        <translation>La réponse est là.</translation>
    </message>
</context>
<context>
    <name>runnel::ChatClient</name>
    <message>
        <source>The message is too long: it has %1, and the server takes at most %2.</source>
        <translation>Le message est trop long&#xa0;: il fait %1, et le serveur accepte au plus %2.</translation>
    </message>
    <message>
        <source>The server does not answer.</source>
        <translation>Le serveur ne répond pas.</translation>
    </message>
    <message>
        <source>The server sent something that this program cannot read.</source>
        <translation>Le serveur a envoyé quelque chose que ce programme ne peut pas lire.</translation>
    </message>
    <message>
        <source>The server does not speak this program&apos;s protocol (%1).</source>
        <translation>Le serveur ne parle pas le protocole de ce programme (%1).</translation>
    </message>
    <message>
        <source>A part of the conversation got lost on the way.</source>
        <translation>Une partie de la conversation s’est perdue en route.</translation>
    </message>
    <message>
        <source>The server does not know how far this program is.</source>
        <translation>Le serveur ne sait pas où en est ce programme.</translation>
    </message>
    <message>
        <source>The connection was lost.</source>
        <translation>La connexion a été perdue.</translation>
    </message>
    <message>
        <source>The message is too long for the server.</source>
        <translation>Le message est trop long pour le serveur.</translation>
    </message>
    <message>
        <source>The server is going down.</source>
        <translation>Le serveur s’arrête.</translation>
    </message>
</context>
<context>
    <name>runnel::ChatSession</name>
    <message>
        <source>Explain quantum computing in simple terms</source>
        <translation>Explique l’informatique quantique en termes simples</translation>
    </message>
    <message>
        <source>Write a haiku about a small stream</source>
        <translation>Écris un haïku sur un petit ruisseau</translation>
    </message>
    <message>
        <source>Compare TCP and UDP in a table</source>
        <translation>Compare TCP et UDP dans un tableau</translation>
    </message>
    <message>
        <source>Show me a C++ program that reads a file line by line</source>
        <translation>Montre-moi un programme C++ qui lit un fichier ligne par ligne</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Connexion en cours</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Hors ligne</translation>
    </message>
    <message>
        <source>Reconnecting in %1 s</source>
        <translation>Nouvel essai dans %1 s</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>Reconnexion</translation>
    </message>
    <message>
        <source>Trying again in %1 s.</source>
        <translation>Nouvel essai dans %1 s.</translation>
    </message>
    <message>
        <source>Trying again now.</source>
        <translation>Nouvel essai en cours.</translation>
    </message>
    <message>
        <source>The server cannot be reached.</source>
        <translation>Le serveur est injoignable.</translation>
    </message>
    <message>
        <source>What you send waits until then.</source>
        <translation>Ce que vous envoyez attend jusque-là.</translation>
    </message>
    <message>
        <source>Not connected: the answer cannot be stopped now.</source>
        <translation>Pas de connexion&#xa0;: la réponse ne peut pas être arrêtée maintenant.</translation>
    </message>
    <message>
        <source>Not connected: the other version cannot be shown now.</source>
        <translation>Pas de connexion&#xa0;: l’autre version ne peut pas être affichée maintenant.</translation>
    </message>
    <message>
        <source>Not connected: the tool call cannot be answered now.</source>
        <translation>Pas de connexion&#xa0;: impossible de répondre maintenant à l’appel d’outil.</translation>
    </message>
    <message>
        <source>Version %1 of %2.</source>
        <translation>Version %1 sur %2.</translation>
    </message>
    <message>
        <source>The message that was looked for is no longer there.</source>
        <translation>Le message cherché n’est plus là.</translation>
    </message>
    <message>
        <source>The connection was lost. Reconnecting.</source>
        <translation>La connexion a été perdue. Reconnexion.</translation>
    </message>
    <message>
        <source>Connected again.</source>
        <translation>De nouveau connecté.</translation>
    </message>
    <message>
        <source>Offline.</source>
        <translation>Hors ligne.</translation>
    </message>
    <message>
        <source>This conversation is not kept on this computer. It is shown once the server is reached.</source>
        <translation>Cette conversation n’est pas gardée sur cet ordinateur. Elle s’affiche dès que le serveur est joint.</translation>
    </message>
</context>
<context>
    <name>runnel::ConnectionProblem</name>
    <message>
        <source>no name at all</source>
        <translation>aucun nom</translation>
    </message>
    <message>
        <source>This computer&apos;s clock says %1, so no certificate can be checked. Set the clock.</source>
        <translation>L’horloge de cet ordinateur indique %1, aucun certificat ne peut donc être vérifié. Réglez l’horloge.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate was valid until %1, and this computer&apos;s clock says %2. If the clock is right, whoever runs the server has to renew the certificate.</source>
        <translation>Le certificat du serveur était valable jusqu’au %1, et l’horloge de cet ordinateur indique %2. Si l’horloge est juste, l’exploitant du serveur doit renouveler le certificat.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is valid only from %1, and this computer&apos;s clock says %2. If the clock is wrong, set it.</source>
        <translation>Le certificat du serveur n’est valable qu’à partir du %1, et l’horloge de cet ordinateur indique %2. Si l’horloge est fausse, réglez-la.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is for %1, not for %2. Use the name on the certificate as the address, or ask whoever runs the server for one with this name. If you expected it to fit, somebody may be in between.</source>
        <translation>Le certificat du serveur est établi pour %1, pas pour %2. Prenez comme adresse le nom qui figure sur le certificat, ou demandez à l’exploitant du serveur un certificat à ce nom. S’il devait correspondre, quelqu’un s’est peut-être interposé.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is signed by itself or by an authority of its own, which this computer does not know. If it is your server, add that certificate to this computer&apos;s trusted ones.</source>
        <translation>Le certificat du serveur est signé par lui-même ou par une autorité à lui, que cet ordinateur ne connaît pas. Si c’est votre serveur, ajoutez ce certificat à ceux auxquels cet ordinateur fait confiance.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate was issued by %1, which this computer does not know. Either the server does not send the certificates in between, which whoever runs it can mend, or the authority is to be added to this computer&apos;s trusted ones.</source>
        <translation>Le certificat du serveur a été délivré par %1, que cet ordinateur ne connaît pas. Soit le serveur n’envoie pas les certificats intermédiaires, ce que son exploitant peut corriger, soit l’autorité doit être ajoutée à celles auxquelles cet ordinateur fait confiance.</translation>
    </message>
    <message>
        <source>somebody without a name</source>
        <translation>quelqu’un sans nom</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not accepted: %1. Ask whoever runs the server.</source>
        <translation>Le certificat du serveur n’est pas accepté&#xa0;: %1. Demandez à l’exploitant du serveur.</translation>
    </message>
    <message>
        <source>What answers at the server&apos;s address does not speak TLS. If the server has none, its address begins with http: %1; what is said there can be read on the way.</source>
        <translation>Ce qui répond à l’adresse du serveur ne parle pas TLS. Si le serveur ne l’utilise pas, son adresse commence par http&#xa0;: %1&#x202f;; ce qui s’y dit peut être lu en route.</translation>
    </message>
    <message>
        <source>The server ended the connection before it was safe. Try again later, or ask whoever runs the server.</source>
        <translation>Le serveur a mis fin à la connexion avant qu’elle soit sûre. Réessayez plus tard, ou demandez à l’exploitant du serveur.</translation>
    </message>
    <message>
        <source>The server ended the connection without an answer. If it expects TLS, its address begins with https: %1.</source>
        <translation>Le serveur a mis fin à la connexion sans répondre. S’il attend TLS, son adresse commence par https&#xa0;: %1.</translation>
    </message>
    <message>
        <source>No safe connection to the server came about: %1. Ask whoever runs the server.</source>
        <translation>Aucune connexion sûre au serveur n’a pu être établie&#xa0;: %1. Demandez à l’exploitant du serveur.</translation>
    </message>
    <message>
        <source>The server is busy.</source>
        <translation>Le serveur est occupé.</translation>
    </message>
    <message>
        <source>The server asks to sign in.</source>
        <translation>Le serveur demande de se connecter avec un compte.</translation>
    </message>
    <message>
        <source>The server refused the connection (400). If it expects TLS, its address begins with https: %1.</source>
        <translation>Le serveur a refusé la connexion (400). S’il attend TLS, son adresse commence par https&#xa0;: %1.</translation>
    </message>
    <message>
        <source>The server refused the connection (%1).</source>
        <translation>Le serveur a refusé la connexion (%1).</translation>
    </message>
    <message>
        <source>The server&apos;s name is not known.</source>
        <translation>Le nom du serveur n’est pas connu.</translation>
    </message>
    <message>
        <source>Nothing answers at the server&apos;s address.</source>
        <translation>Rien ne répond à l’adresse du serveur.</translation>
    </message>
    <message>
        <source>The server does not answer.</source>
        <translation>Le serveur ne répond pas.</translation>
    </message>
    <message>
        <source>The server cannot be reached: %1.</source>
        <translation>Le serveur est injoignable&#xa0;: %1.</translation>
    </message>
    <message>
        <source>There is no Runnel server at this address (404).</source>
        <translation>Il n’y a pas de serveur Runnel à cette adresse (404).</translation>
    </message>
    <message>
        <source>The server cannot be reached. Is its name right, and is there a network?</source>
        <translation>Le serveur est injoignable. Son nom est-il exact, et y a-t-il un réseau&#x202f;?</translation>
    </message>
</context>
<context>
    <name>runnel::ConversationListModel</name>
    <message>
        <source>Nothing found for “%1”.</source>
        <translation>Rien trouvé pour «&#xa0;%1&#xa0;».</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Chargement</translation>
    </message>
    <message>
        <source>Conversations appear here.</source>
        <translation>Les conversations apparaissent ici.</translation>
    </message>
    <message>
        <source>There is more, but it could not be loaded.</source>
        <translation>Il y en a d’autres, mais elles n’ont pas pu être chargées.</translation>
    </message>
    <message>
        <source>The search failed.</source>
        <translation>La recherche a échoué.</translation>
    </message>
    <message>
        <source>The list could not be loaded.</source>
        <translation>La liste n’a pas pu être chargée.</translation>
    </message>
    <message>
        <source>The list could not be updated.</source>
        <translation>La liste n’a pas pu être mise à jour.</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Résultats</translation>
    </message>
    <message>
        <source>This is the list as of %1.</source>
        <translation>Voici la liste telle qu’elle était à cette date&#xa0;: %1.</translation>
    </message>
</context>
<context>
    <name>runnel::ConversationsClient</name>
    <message>
        <source>The server gave an answer that cannot be read.</source>
        <translation>Le serveur a donné une réponse illisible.</translation>
    </message>
    <message>
        <source>The server answered with the status %1.</source>
        <translation>Le serveur a répondu avec le statut %1.</translation>
    </message>
    <message>
        <source>The server does not answer.</source>
        <translation>Le serveur ne répond pas.</translation>
    </message>
</context>
<context>
    <name>runnel::DeepLink</name>
    <message>
        <source>The link has &quot;%1&quot;, which this program does not know.</source>
        <translation>Le lien contient «&#xa0;%1&#xa0;», que ce programme ne connaît pas.</translation>
    </message>
    <message>
        <source>The link has &quot;%1&quot; twice.</source>
        <translation>Le lien contient deux fois «&#xa0;%1&#xa0;».</translation>
    </message>
    <message>
        <source>The link&apos;s conversation is &quot;%1&quot;; it may be 1 to 64 characters of A-Z a-z 0-9 _ -.</source>
        <translation>La conversation du lien est «&#xa0;%1&#xa0;»&#x202f;; elle peut avoir de 1 à 64 caractères parmi A-Z a-z 0-9 _ -.</translation>
    </message>
    <message>
        <source>The link&apos;s text is empty.</source>
        <translation>Le texte du lien est vide.</translation>
    </message>
    <message>
        <source>The link&apos;s text has characters that cannot be seen.</source>
        <translation>Le texte du lien contient des caractères invisibles.</translation>
    </message>
    <message>
        <source>The link is longer than %1 characters.</source>
        <translation>Le lien dépasse %1 caractères.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no link to Runnel; one looks like runnel://chat.example.org/?c=ID.</source>
        <translation>«&#xa0;%1&#xa0;» n’est pas un lien vers Runnel&#x202f;; un tel lien ressemble à runnel://chat.example.org/?c=ID.</translation>
    </message>
    <message>
        <source>A link has no user, no password and no #.</source>
        <translation>Un lien n’a ni utilisateur, ni mot de passe, ni #.</translation>
    </message>
    <message>
        <source>The link names no server; one that does looks like runnel://chat.example.org/?c=ID.</source>
        <translation>Le lien ne nomme aucun serveur&#x202f;; avec un serveur, il ressemble à runnel://chat.example.org/?c=ID.</translation>
    </message>
    <message>
        <source>The link&apos;s port is 0; it may be 1 to 65535.</source>
        <translation>Le port du lien est 0&#x202f;; il peut aller de 1 à 65535.</translation>
    </message>
</context>
<context>
    <name>runnel::DesktopNotifications</name>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
</context>
<context>
    <name>runnel::FirstServer</name>
    <message>
        <source>Write the server&apos;s address.</source>
        <translation>Écrivez l’adresse du serveur.</translation>
    </message>
    <message>
        <source>The address is longer than %1 characters.</source>
        <translation>L’adresse dépasse %1 caractères.</translation>
    </message>
    <message>
        <source>“%1” is no address of a server; one looks like https://chat.example.org or http://127.0.0.1:8000.</source>
        <translation>«&#xa0;%1&#xa0;» n’est pas une adresse de serveur&#x202f;; une adresse ressemble à https://chat.example.org ou http://127.0.0.1:8000.</translation>
    </message>
    <message>
        <source>The address has a name or password before the @. Leave it out.</source>
        <translation>L’adresse a un nom ou un mot de passe avant le @. Omettez-le.</translation>
    </message>
</context>
<context>
    <name>runnel::LinkGuard</name>
    <message>
        <source>The link was not opened: it has more than %1 characters.</source>
        <translation>Le lien n’a pas été ouvert&#xa0;: il a plus de %1 caractères.</translation>
    </message>
    <message>
        <source>The link was not opened: it is no address of the web or of mail.</source>
        <translation>Le lien n’a pas été ouvert&#xa0;: ce n’est ni une adresse du web ni une adresse e-mail.</translation>
    </message>
    <message>
        <source>The address was copied.</source>
        <translation>L’adresse a été copiée.</translation>
    </message>
    <message>
        <source>No program of this computer opened %1.</source>
        <translation>Aucun programme de cet ordinateur n’a ouvert %1.</translation>
    </message>
</context>
<context>
    <name>runnel::OfflineStore</name>
    <message>
        <source>Conversations are not kept on this computer just now. %1</source>
        <translation>Les conversations ne sont pas gardées sur cet ordinateur en ce moment. %1</translation>
    </message>
    <message>
        <source>Deleted from this computer. Nothing is kept here until Runnel starts again.</source>
        <translation>Supprimé de cet ordinateur. Rien n’est gardé ici jusqu’au prochain démarrage de Runnel.</translation>
    </message>
</context>
<context>
    <name>runnel::ServerListModel</name>
    <message>
        <source>There are %1 servers already. Remove one before you add another.</source>
        <translation>Il y a déjà %1 serveurs. Retirez-en un avant d’en ajouter un autre.</translation>
    </message>
    <message>
        <source>The name is longer than %1 characters.</source>
        <translation>Le nom dépasse %1 caractères.</translation>
    </message>
    <message>
        <source>This server is no longer in the list.</source>
        <translation>Ce serveur n’est plus dans la liste.</translation>
    </message>
    <message>
        <source>A server needs a name.</source>
        <translation>Un serveur doit avoir un nom.</translation>
    </message>
    <message>
        <source>There is no such place in the list.</source>
        <translation>Cette position n’existe pas dans la liste.</translation>
    </message>
    <message>
        <source>The list of servers may not be read: %1. It starts empty.</source>
        <translation>La lecture de la liste des serveurs n’est pas permise&#xa0;: %1. Elle commence vide.</translation>
    </message>
    <message>
        <source>The list of servers was damaged and starts empty.</source>
        <translation>La liste des serveurs était endommagée et commence vide.</translation>
    </message>
    <message>
        <source>%1 What there was is kept in %2.</source>
        <translation>%1 Ce qu’il y avait est conservé dans %2.</translation>
    </message>
    <message>
        <source>%1 It could not be put aside: %2 will be written over.</source>
        <translation>%1 Elle n’a pas pu être mise de côté&#xa0;: %2 sera écrasé.</translation>
    </message>
    <message>
        <source>The list of servers could not be stored in %1; what you changed lasts until this window closes.</source>
        <translation>La liste des serveurs n’a pas pu être enregistrée dans %1&#x202f;; vos changements durent jusqu’à la fermeture de cette fenêtre.</translation>
    </message>
    <message>
        <source>The address is longer than %1 characters.</source>
        <translation>L’adresse dépasse %1 caractères.</translation>
    </message>
    <message>
        <source>The address has a name or password before the @. Leave it out: the list is stored as plain text.</source>
        <translation>L’adresse contient un nom ou un mot de passe avant le @. Enlevez-le&#xa0;: la liste est enregistrée en clair.</translation>
    </message>
    <message>
        <source>This server is in the list already, as &quot;%1&quot;.</source>
        <translation>Ce serveur est déjà dans la liste, sous le nom «&#xa0;%1&#xa0;».</translation>
    </message>
</context>
<context>
    <name>runnel::SourceListModel</name>
    <message>
        <source>No title</source>
        <translation>Sans titre</translation>
    </message>
</context>
<context>
    <name>runnel::StoreOpening</name>
    <message>
        <source>Conversations are not kept on this computer: the keychain with their key is locked.</source>
        <translation>Les conversations ne sont pas gardées sur cet ordinateur&#xa0;: le trousseau qui contient leur clé est verrouillé.</translation>
    </message>
</context>
<context>
    <name>runnel::TokenStore</name>
    <message>
        <source>Until this window closes you stay signed in; after that you sign in again.</source>
        <translation>Vous restez connecté jusqu’à la fermeture de cette fenêtre&#x202f;; ensuite, vous vous connecterez de nouveau.</translation>
    </message>
    <message>
        <source>This computer has no keychain to keep secrets in (such as GNOME Keyring or KWallet). %1</source>
        <translation>Cet ordinateur n’a pas de trousseau pour garder des secrets (comme GNOME Keyring ou KWallet). %1</translation>
    </message>
    <message>
        <source>The keychain is locked, or it was not allowed to be used. Unlock it to stay signed in. %1</source>
        <translation>Le trousseau est verrouillé, ou son utilisation n’a pas été autorisée. Déverrouillez-le pour rester connecté. %1</translation>
    </message>
    <message>
        <source>The keychain does not answer; perhaps it waits for its password. %1</source>
        <translation>Le trousseau ne répond pas&#x202f;; peut-être attend-il son mot de passe. %1</translation>
    </message>
    <message>
        <source>The keychain cannot be used: none runs, or it is locked. %1</source>
        <translation>Le trousseau est inutilisable&#xa0;: aucun ne tourne, ou il est verrouillé. %1</translation>
    </message>
</context>
<context>
    <name>runnel::ToolListModel</name>
    <message>
        <source>Waiting for approval</source>
        <translation>En attente d’autorisation</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Not finished</source>
        <translation>Inachevé</translation>
    </message>
</context>
<context>
    <name>runnel::Workspace</name>
    <message>
        <source>Conversation</source>
        <translation>Conversation</translation>
    </message>
    <message>
        <source>The title was not changed.</source>
        <translation>Le titre n’a pas été changé.</translation>
    </message>
    <message>
        <source>It was not pinned.</source>
        <translation>La conversation n’a pas été épinglée.</translation>
    </message>
    <message>
        <source>It is still pinned.</source>
        <translation>La conversation est toujours épinglée.</translation>
    </message>
    <message>
        <source>Pinned.</source>
        <translation>Épinglée.</translation>
    </message>
    <message>
        <source>No longer pinned.</source>
        <translation>N’est plus épinglée.</translation>
    </message>
    <message>
        <source>Deleted.</source>
        <translation>Supprimée.</translation>
    </message>
    <message>
        <source>It was not deleted.</source>
        <translation>La conversation n’a pas été supprimée.</translation>
    </message>
    <message>
        <source>It is too late to bring it back.</source>
        <translation>Il est trop tard pour la rétablir.</translation>
    </message>
    <message>
        <source>It was not brought back.</source>
        <translation>La conversation n’a pas été rétablie.</translation>
    </message>
    <message>
        <source>Brought back.</source>
        <translation>Rétablie.</translation>
    </message>
    <message>
        <source>Control+Z brings it back.</source>
        <translation>Ctrl+Z la rétablit.</translation>
    </message>
    <message>
        <source>It was not exported.</source>
        <translation>La conversation n’a pas été exportée.</translation>
    </message>
    <message>
        <source>Exported to %1.</source>
        <translation>Exportée vers %1.</translation>
    </message>
    <message>
        <source>It was not exported to %1: %2.</source>
        <translation>La conversation n’a pas été exportée vers %1&#xa0;: %2.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were left out: %1 can be imported at once.</source>
        <translation>
            <numerusform>%n fichier a été laissé de côté&#xa0;: %1 peuvent être importés à la fois.</numerusform>
            <numerusform>%n fichiers ont été laissés de côté&#xa0;: %1 peuvent être importés à la fois.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” was not imported: %2</source>
        <translation>«&#xa0;%1&#xa0;» n’a pas été importé&#xa0;: %2</translation>
    </message>
    <message>
        <source>It has more than %1 MB.</source>
        <translation>Le fichier dépasse %1 Mo.</translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s) imported.</source>
        <translation>
            <numerusform>%n conversation importée.</numerusform>
            <numerusform>%n conversations importées.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is larger than this server takes.</source>
        <translation>Le fichier dépasse la taille que ce serveur accepte.</translation>
    </message>
    <message>
        <source>It is no conversation that Runnel exported, or it was changed since. Choose a file that “Export as JSON” made.</source>
        <translation>Ce n’est pas une conversation exportée par Runnel, ou elle a été modifiée depuis. Choisissez un fichier créé par «&#xa0;Exporter en JSON&#xa0;».</translation>
    </message>
</context>
<context>
    <name>runnel::endpoint</name>
    <message>
        <source>The server is &quot;%1&quot;; it may be an address such as http://127.0.0.1:8000 or wss://chat.example.org.</source>
        <translation>Le serveur est «&#xa0;%1&#xa0;»&#x202f;; il peut être une adresse comme http://127.0.0.1:8000 ou wss://chat.example.org.</translation>
    </message>
</context>
<context>
    <name>runnel::hostwords</name>
    <message>
        <source>This name is written “%1”.</source>
        <translation>Ce nom s’écrit «&#xa0;%1&#xa0;».</translation>
    </message>
</context>
<context>
    <name>runnel::opening</name>
    <message>
        <source>There is no agent “%1” here.</source>
        <translation>Il n’y a pas d’agent «&#xa0;%1&#xa0;» ici.</translation>
    </message>
    <message>
        <source>Another link was not followed: answer the first one&apos;s question.</source>
        <translation>Un autre lien n’a pas été suivi&#xa0;: répondez à la question du premier.</translation>
    </message>
</context>
<context>
    <name>runnel::words</name>
    <message>
        <source>Pinned</source>
        <translation>Épinglées</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>Plus anciennes</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>7 derniers jours</translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation>30 derniers jours</translation>
    </message>
    <message>
        <source>The model</source>
        <translation>Le modèle</translation>
    </message>
    <message>
        <source>less than %1</source>
        <translation>moins de %1</translation>
    </message>
    <message>
        <source>$%1</source>
        <extracomment>US dollars, as money is written: $0.0021</extracomment>
        <translation>%1&#xa0;$</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>à l’instant</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>il y a %1 min</translation>
    </message>
    <message>
        <source>d MMM</source>
        <extracomment>A day as QDate::toString() writes it: 23 Nov</extracomment>
        <translation>d MMM</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>A day and a time: 23 Nov, 14:03</extracomment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln tokens</source>
        <translation>
            <numerusform>%Ln jeton</numerusform>
            <numerusform>%Ln jetons</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Arrêtée</translation>
    </message>
    <message>
        <source>The answer was interrupted.</source>
        <translation>La réponse a été interrompue.</translation>
    </message>
    <message>
        <source>The answer reached its length limit.</source>
        <translation>La réponse a atteint sa longueur maximale.</translation>
    </message>
    <message>
        <source>The model&apos;s safety filter ended the answer.</source>
        <translation>Le filtre de sécurité du modèle a mis fin à la réponse.</translation>
    </message>
    <message>
        <source>The model is busy. Asking again.</source>
        <translation>Le modèle est occupé. Nouvelle demande en cours.</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Réflexion en cours</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>Réflexions</translation>
    </message>
    <message>
        <source>Thought for %1 s</source>
        <translation>Réflexion de %1 s</translation>
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
        <translation>Outil</translation>
    </message>
    <message>
        <source>%1 wants to use this tool.</source>
        <translation>%1 veut utiliser cet outil.</translation>
    </message>
    <message>
        <source>%1 wants to use the tool %2. Allow?</source>
        <translation>%1 veut utiliser l’outil %2. Autoriser&#x202f;?</translation>
    </message>
    <message>
        <source>Only the first %1 characters are shown.</source>
        <translation>Seuls les %1 premiers caractères sont affichés.</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 et %2 de plus</translation>
    </message>
    <message>
        <source>Your edit will be sent when the connection is back</source>
        <translation>Votre modification sera envoyée au retour de la connexion</translation>
    </message>
    <message>
        <source>Will be sent when the connection is back</source>
        <translation>Sera envoyé au retour de la connexion</translation>
    </message>
    <message>
        <source>Your edit waits for its turn</source>
        <translation>Votre modification attend son tour</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>Attend son tour</translation>
    </message>
    <message>
        <source>Sending your edit</source>
        <translation>Envoi de votre modification</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Envoi</translation>
    </message>
    <message>
        <source>Another answer will be asked for when the connection is back</source>
        <translation>Une autre réponse sera demandée au retour de la connexion</translation>
    </message>
    <message>
        <source>The answer will go on when the connection is back</source>
        <translation>La réponse reprendra au retour de la connexion</translation>
    </message>
    <message>
        <source>Another answer waits for its turn</source>
        <translation>Une autre réponse attend son tour</translation>
    </message>
    <message>
        <source>Waiting for its turn to go on</source>
        <translation>Attend son tour pour reprendre</translation>
    </message>
    <message>
        <source>Asking for another answer</source>
        <translation>Demande d’une autre réponse</translation>
    </message>
    <message>
        <source>Asking the model to go on</source>
        <translation>Demande au modèle de poursuivre</translation>
    </message>
    <message>
        <source>The message is too long: at most %1 are taken. Shorten it and send it again.</source>
        <translation>Le message est trop long&#xa0;: %1 au plus sont acceptés. Raccourcissez-le et renvoyez-le.</translation>
    </message>
    <message>
        <source>Many messages wait already. Wait for an answer, then send it again.</source>
        <translation>Beaucoup de messages attendent déjà. Attendez une réponse, puis renvoyez-le.</translation>
    </message>
</context>
</TS>
