"""Drugs: what competes for a transporter, an enzyme or a receptor."""
