"""What tests of several folders share: waiting, counting, requests that are not waited for, ports."""
