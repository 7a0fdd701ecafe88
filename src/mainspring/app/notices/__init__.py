"""Notices: who is told what waits, by mail and by the robots of group chats, and by their own wish."""
