// The precompiled headers need a unit to belong to.
