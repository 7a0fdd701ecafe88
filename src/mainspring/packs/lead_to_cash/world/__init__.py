"""The world around a simulated run: customers, suppliers and the bank; and, only when asked for, the staff.

Customers answer, suppliers deliver and banks report from the data of the run, with seeded delays. Whatever
the staff would decide stays open unless the run simulates people; such figures are labelled as a simulation.
"""
