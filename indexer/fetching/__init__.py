"""Getting resolutions from where the United Nations publishes them: whole releases, and single documents."""
