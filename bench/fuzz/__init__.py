"""Files broken in every way that chance finds, read by every reader: nothing may crash, hang or leak."""
