<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>SourcesList</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %Ln that are not shown.</source>
        <translation>
            <numerusform>And %Ln that is not shown.</numerusform>
            <numerusform>And %Ln that are not shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>runnel::Workspace</name>
    <message numerus="yes">
        <source>%n file(s) were left out: %1 can be imported at once.</source>
        <translation>
            <numerusform>%n file was left out: %1 can be imported at once.</numerusform>
            <numerusform>%n files were left out: %1 can be imported at once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s) imported.</source>
        <translation>
            <numerusform>%n conversation imported.</numerusform>
            <numerusform>%n conversations imported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>runnel::words</name>
    <message numerus="yes">
        <source>%Ln tokens</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
</context>
</TS>
