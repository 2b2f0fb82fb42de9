"""What tests share: real parts started and stopped, and waiting without sleeping."""
